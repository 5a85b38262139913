import { DAY_MS } from '@cloudtrace/plugin-cloudtrace-common';
import type { Knex } from 'knex';
import { scatter } from '../../database/distribution/scatter';
import { queryRows } from '../../database/queryRows';

/** How many requests an entity has on a day. */
export interface EntityCount {
  entityId: number;
  requests: number;
}

/** First moment of an ISO date (UTC). */
export function dayStart(day: string): Date {
  return new Date(`${day}T00:00:00.000Z`);
}

/** First moment after an ISO date (UTC). */
export function dayEnd(day: string): Date {
  return new Date(dayStart(day).getTime() + DAY_MS);
}

/** Counts the requests of a day by entity. */
export function countByEntity(knex: Knex, day: string): Promise<EntityCount[]> {
  return queryRows<EntityCount>(
    knex,
    `${scatter('runs once for each day that is archived')}
     SELECT r.entity_id AS "entityId", count(*)::float8 AS requests
       FROM requests r
      WHERE r.started_at >= ? AND r.started_at < ?
      GROUP BY 1 ORDER BY 1`,
    [dayStart(day), dayEnd(day)],
  );
}

/** Counts all requests of a day. */
export async function countDay(knex: Knex, day: string): Promise<number> {
  const rows = await queryRows<{ requests: number }>(
    knex,
    `${scatter('runs once for each day that is archived')}
     SELECT count(*)::float8 AS requests FROM requests r
      WHERE r.started_at >= ? AND r.started_at < ?`,
    [dayStart(day), dayEnd(day)],
  );
  return rows[0].requests;
}

/** Counts an entity's requests by minute; minutes without any are left out. */
export function countByMinute(
  knex: Knex,
  day: string,
  entityId: number,
): Promise<Array<{ minute: number; requests: number }>> {
  return queryRows<{ minute: number; requests: number }>(
    knex,
    `SELECT floor(extract(epoch FROM r.started_at - ?::timestamptz) / 60)::int AS minute,
            count(*)::float8 AS requests
       FROM requests r
      WHERE r.entity_id = ? AND r.started_at >= ? AND r.started_at < ?
      GROUP BY 1 ORDER BY 1`,
    [dayStart(day), entityId, dayStart(day), dayEnd(day)],
  );
}
