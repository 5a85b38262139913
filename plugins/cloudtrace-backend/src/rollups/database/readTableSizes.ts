import type { Knex } from 'knex';
import { isDistributed } from '../../database/distribution/isDistributed';
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
 * only for display, retention never uses them. On a distributed database the
 * files are on the workers; those of a worker that is down are not counted.
 */
export async function readTableSizes(knex: Knex): Promise<TableSize[]> {
  const distributed = await isDistributed(knex, 'requests');
  const size = distributed
    ? 'citus_total_relation_size(i.inhrelid, false)'
    : 'pg_total_relation_size(i.inhrelid)';
  return queryRows<TableSize>(
    knex,
    `SELECT wanted.name AS "table", count(i.inhrelid)::int AS partitions,
            COALESCE(sum(${size}), 0)::float8 AS bytes
       FROM unnest(?::text[]) AS wanted (name)
       LEFT JOIN pg_inherits i ON i.inhparent = to_regclass(wanted.name)
      GROUP BY 1 ORDER BY 1`,
    [partitionedTables.map(({ name }) => name)],
  );
}
