import type { Knex } from 'knex';
import { packedTime, readPacked } from '../../database/readPacked';
import type { DbCapacityRow } from './rows';

/** Capacity of a group from a moment on. */
export type CapacityHistoryRow = Omit<DbCapacityRow, 'pending' | 'terminating'>;

/** Reads the changes of capacity within a range and the last one before it, ascending per group. */
export async function readCapacity(
  knex: Knex,
  query: { resourceIds: readonly number[]; from: Date; to: Date },
): Promise<CapacityHistoryRow[]> {
  const ids = [...query.resourceIds];
  const rows = await readPacked<
    [number, number, number | null, number, number | null, number]
  >(
    knex,
    ['resource_id', packedTime('at'), 'min', 'desired', 'max', 'in_service'],
    `FROM (
       SELECT c.* FROM unnest(?::int4[]) AS r (resource_id)
        CROSS JOIN LATERAL (
          SELECT * FROM fleet_capacity f
           WHERE f.resource_id = r.resource_id AND f.at < ?
           ORDER BY f.at DESC LIMIT 1
        ) c
        UNION ALL
       SELECT * FROM fleet_capacity
        WHERE resource_id = ANY(?::int4[]) AND at >= ? AND at < ?
     ) changes
     ORDER BY resource_id, at`,
    [ids, query.from, ids, query.from, query.to],
  );
  return rows.map(row => ({
    resource_id: row[0],
    at: new Date(row[1]),
    min: row[2],
    desired: row[3],
    max: row[4],
    in_service: row[5],
  }));
}
