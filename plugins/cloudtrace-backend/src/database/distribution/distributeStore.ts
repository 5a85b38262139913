import type {
  DatabaseService,
  LoggerService,
} from '@backstage/backend-plugin-api';
import type { Config } from '@backstage/config';
import { readShardCount } from '../config';
import { applyDatabaseMigrations, assertPostgres } from '../migrations';
import { assertCoordinator } from './assertCoordinator';
import { distributeTables, type DistributedTable } from './distributeTables';
import { setConnectionOptions } from './setConnectionOptions';

/**
 * Migrates and distributes a store of any size, before or after the option is
 * set. `yarn distribute` runs it.
 */
export async function distributeStore(options: {
  config: Config;
  database: DatabaseService;
  logger: Pick<LoggerService, 'info'>;
}): Promise<DistributedTable[]> {
  const shardCount = readShardCount(options.config);
  const knex = await options.database.getClient();
  assertPostgres(knex);
  setConnectionOptions(knex);
  await assertCoordinator(knex);
  await applyDatabaseMigrations(knex);
  return distributeTables(knex, { shardCount }, options.logger);
}
