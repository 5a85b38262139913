import type { Knex } from 'knex';
import { queryRows } from '../../database/queryRows';
import type { DbDatabaseEventRow } from './rows';

/** Reads database events within a range, ascending; at most 5,000. */
export async function readDatabaseEvents(
  knex: Knex,
  query: { resourceIds: readonly number[]; from: Date; to: Date },
): Promise<DbDatabaseEventRow[]> {
  const rows = await queryRows<DbDatabaseEventRow>(
    knex,
    `SELECT * FROM fleet_database_events
      WHERE resource_id = ANY(?::int4[]) AND at >= ? AND at < ?
      ORDER BY at, event_key LIMIT 5000`,
    [[...query.resourceIds], query.from, query.to],
  );
  return rows;
}
