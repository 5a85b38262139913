import type { Knex } from 'knex';
import { queryRows } from '../queryRows';

/** Where Citus has the rows of a table: divided into shards, or copied to every node. */
export type CitusPlace = 'shards' | 'copies';

/** The tables of the schema whose rows Citus manages. */
export async function readCitusTables(
  knex: Knex,
): Promise<Map<string, CitusPlace>> {
  const rows = await queryRows<{ table: string; place: CitusPlace }>(
    knex,
    // A table that is only known to Citus (repmodel 's') is on the coordinator.
    `SELECT c.relname AS "table",
            CASE p.partmethod WHEN 'h' THEN 'shards' ELSE 'copies' END AS place
       FROM pg_dist_partition p
       JOIN pg_class c ON c.oid = p.logicalrelid
      WHERE c.relnamespace = current_schema()::regnamespace
        AND (p.partmethod = 'h' OR p.repmodel = 't')`,
  );
  return new Map(rows.map(({ table, place }) => [table, place]));
}
