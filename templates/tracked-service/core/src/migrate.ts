import { loadConfig, type Config } from './config/config.js';
import { DatabasePool } from './database/DatabasePool.js';
import { migrateWithRoles } from './database/migrateWithRoles.js';
import { detectInstance } from './instance/detectInstance.js';
import { MasterCredentials } from './secrets/MasterCredentials.js';
import { createLogger } from './telemetry/createLogger.js';

// The one-off task of each deployment: it runs with the database's master user, and the service with a login that may only
// read and write rows (DATABASE_MIGRATE_ON_START=false there).
const config = loadConfig();
const logger = createLogger(config, await detectInstance('uuid'));
const database = new DatabasePool({
  config,
  credentials: new MasterCredentials({ config }),
  logger,
  ...(config.DATABASE_CA_URL && {
    ca: await downloadAuthorities(config.DATABASE_CA_URL),
  }),
});
const client = await database.connect();
try {
  const { login, store } = await applicationLogin(config);
  await migrateWithRoles({ client, logger, ...(login && { login }) });
  await store?.();
} finally {
  await client.end();
}

/** The login that the service shall use from now on. */
async function applicationLogin({
  DATABASE_APPLICATION_SECRET_ARN: secretArn,
  DATABASE_APPLICATION_PASSWORD: password,
}: Config) {
  if (secretArn) {
    const { ApplicationSecret } =
      await import('./secrets/ApplicationSecret.js');
    const secret = new ApplicationSecret({ secretArn });
    const login = await secret.next();
    return { login, store: () => secret.store(login) };
  }
  return password ? { login: { user: 'service_application_a', password } } : {};
}

/** A task has no boot script that could put the certificate authorities into a file. */
async function downloadAuthorities(url: string): Promise<string> {
  const answer = await fetch(url, { signal: AbortSignal.timeout(30_000) });
  if (!answer.ok) {
    throw new Error(`DATABASE_CA_URL: ${url} returned ${answer.status}`);
  }
  return answer.text();
}
