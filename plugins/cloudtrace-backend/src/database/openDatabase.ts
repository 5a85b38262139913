import type {
  DatabaseService,
  LoggerService,
} from '@backstage/backend-plugin-api';
import type { Knex } from 'knex';
import type { DatabaseConfig } from './config';
import { assertCoordinator } from './distribution/assertCoordinator';
import { distributeTables } from './distribution/distributeTables';
import { setConnectionOptions } from './distribution/setConnectionOptions';
import { applyDatabaseMigrations, assertPostgres } from './migrations';

/**
 * How much a start distributes, with indexes. More takes longer than startup
 * probes allow.
 */
const MAX_BYTES_AT_START = 256 * 1024 * 1024;

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
    setConnectionOptions(knex);
    await assertCoordinator(knex);
  }
  if (!database.migrations?.skip) {
    await applyDatabaseMigrations(knex);
    if (distribution) {
      await distributeTables(knex, distribution, logger, {
        maxBytes: MAX_BYTES_AT_START,
      });
    }
  }
  return knex;
}
