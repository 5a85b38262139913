import { fileURLToPath } from 'node:url';
import { runner } from 'node-pg-migrate';
import type { Migrate } from './types.js';

const directory = fileURLToPath(new URL('../../migrations', import.meta.url));

/** Applies the files of `migrations/`. Instances that start together wait for each other on an advisory lock. */
export const migrate: Migrate = async (client, logger) => {
  const applied = await runner({
    dbClient: client,
    dir: directory,
    direction: 'up',
    migrationsTable: 'schema_migrations',
    advisoryLockMode: 'wait',
    logger: {
      debug: message => logger.debug(message),
      info: message => logger.debug(message),
      warn: message => logger.warn(message),
      error: message => logger.error(message),
    },
  });
  logger.info(
    { applied: applied.map(migration => migration.name) },
    'schema is up to date',
  );
};
