import { fileURLToPath } from 'node:url';
import { runner } from 'node-pg-migrate';
import type { Logger } from 'pino';
import type { DatabasePool } from './DatabasePool.js';

const directory = fileURLToPath(new URL('../../migrations', import.meta.url));

/**
 * Brings the schema up to date. Instances that start together wait for each other on an advisory lock.
 *
 * @returns the names of the migrations that were applied.
 */
export async function migrate(
  database: DatabasePool,
  logger: Logger,
): Promise<string[]> {
  const client = await database.connect();
  try {
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
    return applied.map(migration => migration.name);
  } finally {
    await client.end();
  }
}
