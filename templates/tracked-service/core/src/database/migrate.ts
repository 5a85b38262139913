import { setTimeout as sleep } from 'node:timers/promises';
import type { Logger } from 'pino';
import { migrate as migrateStarter } from '../starter/migrate.js';
import type { DatabasePool } from './DatabasePool.js';
import { classifyError } from './errors.js';

/** Migrates the schema, also if several instances start together. */
export async function migrate(
  database: DatabasePool,
  logger: Logger,
): Promise<void> {
  const client = await database.connect();
  try {
    await migrateStarter(client, logger);
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
      await migrate(database, logger);
      return;
    } catch (error) {
      if (classifyError(error) === 'permanent') throw error;
      logger.warn({ err: error }, 'the database cannot be reached yet');
      await sleep(pauseMs);
    }
  }
}
