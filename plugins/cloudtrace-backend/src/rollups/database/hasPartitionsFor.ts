import type { Knex } from 'knex';
import { listPartitions } from './listPartitions';
import { partitionedTables } from './partitionedTables';

/** Whether every table has a partition for a time, so that requests of that time can be stored. */
export async function hasPartitionsFor(
  knex: Knex,
  time: Date,
): Promise<boolean> {
  for (const table of partitionedTables) {
    const partitions = await listPartitions(knex, table);
    if (!partitions.some(({ start, end }) => start <= time && time < end)) {
      return false;
    }
  }
  return true;
}
