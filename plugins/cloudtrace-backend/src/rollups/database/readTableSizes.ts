import type { Knex } from 'knex';
import { queryRows } from '../../database/queryRows';
import { partitionedTables } from './partitionedTables';

/** Size of a partitioned table on disk. */
export interface TableSize {
  table: (typeof partitionedTables)[number]['name'];
  partitions: number;
  /** All partitions with their indexes. */
  bytes: number;
}

/**
 * Reads the sizes of the partitioned request tables from PostgreSQL's files;
 * only for display, retention never uses them.
 */
export async function readTableSizes(knex: Knex): Promise<TableSize[]> {
  const rows = await queryRows<TableSize>(
    knex,
    `SELECT wanted.name AS "table", count(i.inhrelid)::int AS partitions,
            COALESCE(sum(pg_total_relation_size(i.inhrelid)), 0)::float8 AS bytes
       FROM unnest(?::text[]) AS wanted (name)
       LEFT JOIN pg_inherits i ON i.inhparent = to_regclass(wanted.name)
      GROUP BY 1 ORDER BY 1`,
    [partitionedTables.map(({ name }) => name)],
  );
  return rows;
}
