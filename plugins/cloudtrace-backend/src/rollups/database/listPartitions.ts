import type { Knex } from 'knex';
import { partitionBounds, type PartitionedTable } from './partitionedTables';

/** A partition that exists. */
export interface Partition {
  name: string;
  /** First time that it holds. */
  start: Date;
  /** First time that it does not hold any more. */
  end: Date;
}

/** The partitions of a table, oldest first. */
export async function listPartitions(
  knex: Knex,
  table: PartitionedTable,
): Promise<Partition[]> {
  const { rows } = await knex.raw<{ rows: { name: string }[] }>(
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
