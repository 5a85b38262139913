import type { Knex } from 'knex';
import { queryRows } from '../../database/queryRows';
import type { DbReportedEventRow } from './rows';

/** Lists reported events that overlap a range, newest first; at most 5,000. */
export async function listReportedEvents(
  knex: Knex,
  query: {
    entityRef: string;
    environment: string;
    from: Date;
    to: Date;
    kinds?: readonly string[];
  },
): Promise<DbReportedEventRow[]> {
  const kinds = (query.kinds ? [...query.kinds] : null) as Knex.RawBinding;
  const rows = await queryRows<DbReportedEventRow>(
    knex,
    `SELECT * FROM reported_events
      WHERE entity_ref = ? AND environment = ? AND at < ?
        AND (at >= ? OR ended_at >= ?)
        AND (?::text[] IS NULL OR kind = ANY(?::text[]))
      ORDER BY at DESC, event_key DESC LIMIT 5000`,
    [
      query.entityRef,
      query.environment,
      query.to,
      query.from,
      query.from,
      kinds,
      kinds,
    ],
  );
  return rows;
}
