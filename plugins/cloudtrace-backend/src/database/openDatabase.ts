import type {
  DatabaseService,
  LoggerService,
} from '@backstage/backend-plugin-api';
import type { Knex } from 'knex';
import type { DatabaseConfig, DistributionConfig } from './config';
import { assertCoordinator } from './distribution/assertCoordinator';
import { distributeTables } from './distribution/distributeTables';
import { openPool } from './distribution/openPool';
import { setConnectionOptions } from './distribution/setConnectionOptions';
import { applyDatabaseMigrations, assertPostgres } from './migrations';

/**
 * How much a start distributes, with indexes. More takes longer than startup
 * probes allow.
 */
const MAX_BYTES_AT_START = 256 * 1024 * 1024;

/**
 * How long a statement of a page or an upload may take in a distributed
 * database. It concerns one entity, or tables of the coordinator, and takes
 * seconds at most: longer means that a worker hangs.
 */
const STATEMENT_TIMEOUT_MS = 30_000;

/** Migrations hold one for their lock. */
const START_CONNECTIONS = 3;

/**
 * Connects, rejects anything but PostgreSQL, migrates the schema, and
 * distributes it if configured.
 */
export async function openDatabase({
  database,
  config,
  logger,
}: {
  database: DatabaseService;
  config: DatabaseConfig;
  logger: LoggerService;
}): Promise<Knex> {
  const knex = await database.getClient();
  assertPostgres(knex);
  const { distribution } = config;
  if (distribution) {
    setConnectionOptions(knex, { statementTimeoutMs: STATEMENT_TIMEOUT_MS });
    await assertCoordinator(knex);
  }
  if (database.migrations?.skip) return knex;
  if (distribution) {
    await migrateAndDistribute(knex, distribution, logger);
  } else {
    await applyDatabaseMigrations(knex);
  }
  return knex;
}

/** Over connections of its own, because it may take longer than other statements. */
async function migrateAndDistribute(
  knex: Knex,
  distribution: DistributionConfig,
  logger: LoggerService,
): Promise<void> {
  const pool = openPool(knex, { connections: START_CONNECTIONS });
  try {
    await applyDatabaseMigrations(pool);
    await distributeTables(pool, distribution, logger, {
      maxBytes: MAX_BYTES_AT_START,
    });
  } finally {
    await pool.destroy();
  }
}
