import { createHash } from 'node:crypto';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import type { ClientBase } from 'pg';
import type { Logger } from 'pino';
import { migrate as migrateStarter } from '../starter/migrate.js';
import type { DatabasePool } from './DatabasePool.js';
import { classifyError } from './errors.js';
import { lockMigrations, withLockTimeout } from './migrationLocks.js';

const directory = fileURLToPath(new URL('../../migrations', import.meta.url));

/** Identifies the migrations of this build, so that an instance knows whether the schema that it needs is there. */
export function migrationsFingerprint(): string {
  const hash = createHash('sha256');
  const files = readdirSync(directory, { recursive: true, withFileTypes: true })
    .filter(entry => entry.isFile())
    .map(entry => join(entry.parentPath, entry.name))
    .sort();
  for (const file of files) {
    hash.update(`${file.slice(directory.length)}\0`).update(readFileSync(file));
  }
  return hash.digest('hex');
}

/** Creates the table of fingerprints. */
export async function createFingerprints(client: ClientBase): Promise<void> {
  await client.query(
    'CREATE TABLE IF NOT EXISTS schema_fingerprints (fingerprint text PRIMARY KEY, applied_at timestamptz NOT NULL DEFAULT now())',
  );
}

/**
 * Records that this build's migrations have been applied and that the application may use the result: instances that
 * wait for it start now. Instances of an earlier build still find theirs.
 */
export async function recordFingerprint(client: ClientBase): Promise<void> {
  await client.query(
    'INSERT INTO schema_fingerprints (fingerprint) VALUES ($1) ON CONFLICT DO NOTHING',
    [migrationsFingerprint()],
  );
}

/** Migrates the schema, also if several instances start together. */
export async function migrate(
  database: DatabasePool,
  logger: Logger,
): Promise<void> {
  const client = await database.connect();
  try {
    await lockMigrations(client);
    await withLockTimeout({ client, logger }, () =>
      migrateStarter(client, logger),
    );
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
      logger.warn({ err: error }, 'the database cannot be migrated yet');
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
