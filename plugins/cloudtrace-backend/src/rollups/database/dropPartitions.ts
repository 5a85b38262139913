import type { Knex } from 'knex';
import { listPartitions } from './listPartitions';
import type { PartitionedTable } from './partitionedTables';

/** How long a drop waits for running queries before it is left for the next run. */
const LOCK_TIMEOUT = '2s';

/**
 * Drops the partitions of a table that end at or before a time. Returns their
 * names. A partition whose lock is not free within two seconds stays until the
 * next run, so that nobody queues behind the drop.
 */
export async function dropPartitions(
  knex: Knex,
  table: PartitionedTable,
  before: Date,
): Promise<string[]> {
  const dropped: string[] = [];
  for (const { name, end } of await listPartitions(knex, table)) {
    if (end > before) {
      continue;
    }
    try {
      await knex.transaction(async tx => {
        await tx.raw(`SET LOCAL lock_timeout = '${LOCK_TIMEOUT}'`);
        await tx.raw('DROP TABLE IF EXISTS ??', [name]);
      });
      dropped.push(name);
    } catch (error) {
      if ((error as { code?: string }).code !== '55P03') {
        throw error;
      }
    }
  }
  return dropped;
}
