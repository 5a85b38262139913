import type { Knex } from 'knex';
import { queryRows } from '../queryRows';

/** Whether a table is in shards on workers. */
export async function isDistributed(
  knex: Knex,
  table: string,
): Promise<boolean> {
  const [{ installed }] = await queryRows<{ installed: boolean }>(
    knex,
    `SELECT to_regclass('pg_dist_partition') IS NOT NULL AS installed`,
  );
  if (!installed) return false;
  const rows = await queryRows<{ found: boolean }>(
    knex,
    'SELECT true AS found FROM pg_dist_partition WHERE logicalrelid = to_regclass(?)',
    [table],
  );
  return rows.length > 0;
}
