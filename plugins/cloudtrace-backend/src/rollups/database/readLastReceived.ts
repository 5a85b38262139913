import type { Knex } from 'knex';
import { queryRows } from '../../database/queryRows';

interface LastQuery {
  entityId: number;
  /** All environments if absent. */
  environment?: string;
}

/** Reads the newest minute in which a request of an entity started, by the sender's clock. */
export function readLastStarted(
  knex: Knex,
  query: LastQuery,
): Promise<Date | undefined> {
  return readLast(knex, query, {
    compacted: 'last_seen_at',
    delta: 'bucket',
  });
}

/** Reads when requests of an entity last arrived, by the database's clock. */
export function readLastReceived(
  knex: Knex,
  query: LastQuery,
): Promise<Date | undefined> {
  return readLast(knex, query, {
    compacted: 'last_arrived_at',
    delta: 'arrived_at',
  });
}

/** Instances have the time up to compaction; deltas have the time since. */
async function readLast(
  knex: Knex,
  query: LastQuery,
  columns: { compacted: string; delta: string },
): Promise<Date | undefined> {
  const environment = query.environment ?? null;
  const rows = await queryRows<{ at: Date | null }>(
    knex,
    `SELECT max(at) AS at FROM (
       SELECT max(${columns.compacted}) AS at FROM instances
        WHERE entity_id = ? AND (?::text IS NULL OR environment = ?)
       UNION ALL
       SELECT max(d.${columns.delta}) AS at FROM rollup_deltas d
         JOIN instances i ON i.entity_id = d.entity_id AND i.instance_id = d.key_id
        WHERE d.entity_id = ? AND d.dimension = 1 AND (?::text IS NULL OR i.environment = ?)
     ) newest`,
    [
      query.entityId,
      environment,
      environment,
      query.entityId,
      environment,
      environment,
    ],
  );
  return rows[0].at ?? undefined;
}
