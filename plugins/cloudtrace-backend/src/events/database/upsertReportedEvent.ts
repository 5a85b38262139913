import type { ReportedEvent } from '@cloudtrace/plugin-cloudtrace-common';
import type { Knex } from 'knex';
import { queryRows } from '../../database/queryRows';

/**
 * Stores an event; a changed report updates it. An identical one has no effect,
 * and neither has a start that arrives after the outcome.
 */
export async function upsertReportedEvent(
  knex: Knex,
  options: { entityRef: string; environment: string; event: ReportedEvent },
): Promise<'new' | 'updated' | 'unchanged'> {
  const { entityRef, environment, event } = options;
  const endedAt = 'endedAt' in event ? event.endedAt : undefined;
  const rows = await queryRows<{ is_new: boolean }>(
    knex,
    `INSERT INTO reported_events AS e
       (entity_ref, environment, kind, event_key, at, ended_at, status, body)
     VALUES (?, ?, ?, ?, ?, ?, ?, ?::jsonb)
     ON CONFLICT (entity_ref, environment, kind, event_key) DO UPDATE SET
       at = excluded.at, ended_at = excluded.ended_at, status = excluded.status,
       body = excluded.body, received_at = excluded.received_at
     WHERE e.body IS DISTINCT FROM excluded.body
       AND NOT (excluded.status = 'started' AND e.status <> 'started'
                AND excluded.at <= COALESCE(e.ended_at, e.at))
     RETURNING (xmax = 0) AS is_new`,
    [
      entityRef,
      environment,
      event.kind,
      event.id,
      event.at,
      endedAt ?? null,
      event.status,
      JSON.stringify(event),
    ],
  );
  if (rows.length === 0) return 'unchanged';
  return rows[0].is_new ? 'new' : 'updated';
}
