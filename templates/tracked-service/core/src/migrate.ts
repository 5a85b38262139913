import { loadConfig } from './config/config.js';
import { DatabasePool } from './database/DatabasePool.js';
import { migrate } from './database/migrate.js';
import { detectInstance } from './instance/detectInstance.js';
import { createCredentialsProvider } from './secrets/createCredentialsProvider.js';
import { createLogger } from './telemetry/createLogger.js';

// For deployments that migrate in a separate step, with DATABASE_MIGRATE_ON_START=false on the service.
const config = loadConfig();
const logger = createLogger(config, await detectInstance('uuid'));
const database = new DatabasePool({
  config,
  credentials: await createCredentialsProvider(config),
  logger,
});
await migrate(database, logger);
