import { arrayBinding } from '../../database/arrayBinding';
import type { DatabaseEvent } from '@cloudtrace/plugin-cloudtrace-common';
import type { Knex } from 'knex';
import { changeRows } from '../../database/queryRows';

/** Stores new database events. Resolves to how many were added. */
export async function recordDatabaseEvents(
  tx: Knex.Transaction,
  resourceId: number,
  events: readonly DatabaseEvent[],
): Promise<number> {
  const valid = events.filter(({ at }) => !Number.isNaN(Date.parse(at)));
  if (valid.length === 0) return 0;
  const rowCount = await changeRows(
    tx,
    `INSERT INTO fleet_database_events (resource_id, event_key, at, kind, message, coded, planned, from_zone, to_zone)
     SELECT ?::int4, * FROM unnest(?::text[], ?::timestamptz[], ?::text[], ?::text[], ?::jsonb[], ?::boolean[], ?::text[], ?::text[])
     ON CONFLICT DO NOTHING`,
    [
      resourceId,
      arrayBinding(valid.map(e => e.eventId)),
      arrayBinding(valid.map(e => e.at)),
      arrayBinding(valid.map(e => e.kind)),
      arrayBinding(valid.map(e => e.message)),
      arrayBinding(valid.map(e => (e.coded ? JSON.stringify(e.coded) : null))),
      arrayBinding(valid.map(e => e.planned ?? null)),
      arrayBinding(valid.map(e => e.fromZone ?? null)),
      arrayBinding(valid.map(e => e.toZone ?? null)),
    ],
  );
  return rowCount;
}
