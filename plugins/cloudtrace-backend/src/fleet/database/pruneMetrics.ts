import type { Knex } from 'knex';
import { queryRows } from '../../database/queryRows';

/** Tables of metric series, with their time. Their keys begin with resource and series. */
const TABLES = [
  { table: 'fleet_metrics', time: 'at' },
  { table: 'fleet_metric_hours', time: 'hour' },
] as const;

/**
 * Deletes points and hours of metric series before a time, series by series:
 * their keys find the old rows of a series, while a search by time would read
 * the whole table, which is the largest of the fleet.
 */
export async function pruneMetrics(
  knex: Knex,
  { before, signal }: { before: Date; signal: AbortSignal },
): Promise<void> {
  const resources = await queryRows<{ id: number }>(
    knex,
    'SELECT resource_id AS id FROM fleet_resources ORDER BY 1',
  );
  for (const { id } of resources) {
    for (const { table, time } of TABLES) {
      for (const seriesKey of await listSeries(knex, table, id)) {
        signal.throwIfAborted();
        await knex.raw(
          `DELETE FROM ${table}
            WHERE resource_id = ? AND series_key = ? AND ${time} < ?`,
          [id, seriesKey, before],
        );
      }
    }
  }
}

/** Jumps in the key from one series to the next, past all of its points. */
async function listSeries(
  knex: Knex,
  table: string,
  resourceId: number,
): Promise<string[]> {
  const rows = await queryRows<{ key: string }>(
    knex,
    `WITH RECURSIVE series AS (
       SELECT min(series_key) AS key FROM ${table} WHERE resource_id = ?
        UNION ALL
       SELECT (SELECT min(series_key) FROM ${table}
                WHERE resource_id = ? AND series_key > series.key)
         FROM series WHERE series.key IS NOT NULL
     )
     SELECT key FROM series WHERE key IS NOT NULL`,
    [resourceId, resourceId],
  );
  return rows.map(({ key }) => key);
}
