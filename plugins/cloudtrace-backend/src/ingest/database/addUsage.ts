import type { Knex } from 'knex';
import { queryRows } from '../../database/queryRows';

/** Usage of an entity. */
export interface Usage {
  entityId: number;
  spans: number;
  bytes: number;
}

/**
 * Adds to the usage of entities on a day (UTC, `YYYY-MM-DD`) and returns the
 * totals of all replicas.
 */
export async function addUsage(
  knex: Knex,
  day: string,
  usages: readonly Usage[],
): Promise<Usage[]> {
  // Sorted by key: concurrent replicas lock in the same order.
  const sorted = [...usages].sort((a, b) => a.entityId - b.entityId);
  const rows = await queryRows<{
    entity_id: number;
    spans: number;
    bytes: number;
  }>(
    knex,
    `INSERT INTO ingest_usage AS u (entity_id, day, spans, bytes)
     SELECT entity_id, ?::date, spans, bytes
       FROM unnest(?::int4[], ?::int8[], ?::int8[]) AS added (entity_id, spans, bytes)
     ON CONFLICT (entity_id, day) DO UPDATE
       SET spans = u.spans + excluded.spans, bytes = u.bytes + excluded.bytes
     RETURNING entity_id, spans::float8, bytes::float8`,
    [
      day,
      sorted.map(usage => usage.entityId),
      sorted.map(usage => usage.spans),
      sorted.map(usage => usage.bytes),
    ],
  );
  return rows.map(({ entity_id, spans, bytes }) => ({
    entityId: entity_id,
    spans,
    bytes,
  }));
}
