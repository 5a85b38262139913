import { setTimeout as sleep } from 'node:timers/promises';
import type { Logger } from 'pino';
import { migrate as migrateStarter } from '../starter/migrate.js';
import type { DatabasePool } from './DatabasePool.js';
import { classifyError } from './errors.js';
import { migrationsFingerprint } from './fingerprint.js';

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

/** Waits until the deployment's one-off task (`npm run migrate`) has applied the migrations of this build. */
export async function waitForMigrations(
  database: DatabasePool,
  logger: Logger,
): Promise<void> {
  const fingerprint = migrationsFingerprint();
  while (!(await isMigrated(database, fingerprint, logger))) {
    await sleep(pauseMs);
  }
}

async function isMigrated(
  database: DatabasePool,
  fingerprint: string,
  logger: Logger,
): Promise<boolean> {
  try {
    const rows = await database.query(
      'SELECT 1 FROM schema_fingerprints WHERE fingerprint = $1',
      [fingerprint],
    );
    if (rows.length === 0) logger.warn('the schema is not migrated yet');
    return rows.length > 0;
  } catch (error) {
    // Before the first migration, neither the login nor the table exists.
    logger.warn({ err: error }, 'the schema is not migrated yet');
    return false;
  }
}
