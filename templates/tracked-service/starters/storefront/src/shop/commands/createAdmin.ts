import { randomBytes } from 'node:crypto';
import { parseArgs } from 'node:util';
import { loadConfig } from '../../config/config.js';
import { DatabasePool } from '../../database/DatabasePool.js';
import { detectInstance } from '../../instance/detectInstance.js';
import { createCredentialsProvider } from '../../secrets/createCredentialsProvider.js';
import { createLogger } from '../../telemetry/createLogger.js';
import { AccountStore } from '../accounts/AccountStore.js';
import { ShopDatabase } from '../database/ShopDatabase.js';

const usage = `Makes an administrator of the shop: a new account with a random password, or an account that exists.

Usage: npm run create-admin -- --email <address> [--name <name>] [--existing]

--existing: only makes an account that exists an administrator, so that no password is printed.
`;

const { values } = parseArgs({
  options: {
    email: { type: 'string' },
    name: { type: 'string', default: 'Administrator' },
    existing: { type: 'boolean', default: false },
    help: { type: 'boolean', default: false },
  },
});
if (values.help || !values.email?.includes('@')) {
  process.stderr.write(usage);
  process.exit(values.help ? 0 : 2);
}

const config = loadConfig();
const pool = new DatabasePool({
  config,
  credentials: await createCredentialsProvider(config),
  logger: createLogger(config, await detectInstance('uuid')),
});
const accounts = new AccountStore(new ShopDatabase(pool));
try {
  process.stdout.write(
    `${await createAdmin(values.email.trim(), values.name)}\n`,
  );
} catch (error) {
  process.stderr.write(
    `${error instanceof Error ? error.message : String(error)}\n`,
  );
  process.exitCode = 1;
} finally {
  await pool.close();
}

async function createAdmin(email: string, name: string): Promise<string> {
  const existing = await accounts.findByEmail(email);
  if (existing) {
    await accounts.makeAdmin(existing.user.id);
    return `${email} is an administrator now; the password is unchanged.`;
  }
  if (values.existing) {
    throw new Error(`Nobody signed up as ${email}: sign up in the shop first.`);
  }
  const password = randomBytes(15).toString('base64url');
  await accounts.create({ email, name, password, role: 'admin' });
  return `${email} is an administrator now. The password is shown only this once:\n${password}`;
}
