import type { Logger } from 'pino';
import type { Config } from './config/config.js';
import { DatabasePool } from './database/DatabasePool.js';
import { Readiness } from './health/Readiness.js';
import type { Instance } from './instance/detectInstance.js';
import { createCredentialsProvider } from './secrets/createCredentialsProvider.js';
import { createStarter } from './starter/createStarter.js';
import type { Starter } from './starter/types.js';

export interface Dependencies {
  readonly database: DatabasePool;
  readonly starter: Starter;
  readonly readiness: Readiness;
}

/** Creates everything behind the HTTP side according to the configuration; unused parts are not loaded. */
export async function createDependencies(options: {
  config: Config;
  instance: Instance;
  logger: Logger;
}): Promise<Dependencies> {
  const { config, instance, logger } = options;
  const database = new DatabasePool({
    config,
    credentials: await createCredentialsProvider(config),
    logger,
  });
  const starter = await createStarter({ config, instance, logger, database });
  const check = () => database.ping();

  return {
    database,
    starter,
    readiness: new Readiness([
      { name: 'database', required: true, check },
      ...starter.checks,
    ]),
  };
}
