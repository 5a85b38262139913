import { setTimeout as sleep } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { runner } from 'node-pg-migrate';
import type { Logger } from 'pino';
import type { DatabasePool } from './DatabasePool.js';
import { classifyError } from './errors.js';

const directory = fileURLToPath(new URL('../../migrations', import.meta.url));

/**
 * Migrates the schema. Instances that start together wait for each other on an advisory lock.
 *
 * @returns the names of the applied migrations.
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

const pauseMs = 1_000;

/** Migrates as soon as the database is reachable: it may start after the service. */
export async function migrateWhenReachable(
  database: DatabasePool,
  logger: Logger,
): Promise<void> {
  for (;;) {
    try {
      const applied = await migrate(database, logger);
      logger.info({ applied }, 'schema is up to date');
      return;
    } catch (error) {
      if (classifyError(error) === 'permanent') throw error;
      logger.warn({ err: error }, 'the database cannot be reached yet');
      await sleep(pauseMs);
    }
  }
}
