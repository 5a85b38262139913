import type { Knex } from 'knex';
import { queryRows } from '../../database/queryRows';
import { partitionBounds, type PartitionedTable } from './partitionedTables';

/** An existing partition. */
export interface Partition {
  name: string;
  /** Start, inclusive. */
  start: Date;
  /** End, exclusive. */
  end: Date;
}

/** Lists the partitions of a table, oldest first. */
export async function listPartitions(
  knex: Knex,
  table: PartitionedTable,
): Promise<Partition[]> {
  const rows = await queryRows<{ name: string }>(
    knex,
    `SELECT child.relname AS name
       FROM pg_inherits
       JOIN pg_class child ON child.oid = inhrelid
      WHERE inhparent = to_regclass(?)
      ORDER BY 1`,
    [table.name],
  );
  return rows.flatMap(({ name }) => {
    const bounds = partitionBounds(name, table.name, table.step);
    return bounds ? [{ name, ...bounds }] : [];
  });
}
