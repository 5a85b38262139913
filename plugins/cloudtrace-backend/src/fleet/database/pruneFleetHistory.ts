import type { Knex } from 'knex';
import { changeRows } from '../../database/queryRows';

/** Maximum number of rows per DELETE, to keep locks short. */
const SLICE_ROWS = 10_000;

/** The history tables, with their key and the time that retention counts from. */
const tables = [
  ['fleet_metrics', 'resource_id, series_key, at', 'at', 'metrics'],
  ['fleet_metric_hours', 'resource_id, series_key, hour', 'hour', 'metrics'],
  ['fleet_target_states', 'resource_id, target_key, at', 'until', 'history'],
  ['fleet_activities', 'resource_id, activity_key', 'started_at', 'history'],
  ['fleet_alarm_transitions', 'resource_id, alarm_name, at', 'at', 'history'],
  ['fleet_database_events', 'resource_id, event_key', 'at', 'history'],
  ['fleet_instances', 'resource_id, instance_key', 'ended_at', 'history'],
  ['fleet_gaps', 'resource_id, part, from_at', 'to_at', 'history'],
  [
    'failovers',
    'entity_ref, environment, failover_id',
    'recovered_at',
    'history',
  ],
  [
    'reported_events',
    'entity_ref, environment, kind, event_key',
    'at',
    'history',
  ],
  ['sent_notifications', 'entity_ref, topic', 'sent_at', 'metrics'],
] as const;

/** Deletes history past its retention, in batches. Rows that are still current are kept. */
export async function pruneFleetHistory(
  knex: Knex,
  options: { metricsMs: number; historyMs: number; signal: AbortSignal },
): Promise<void> {
  for (const [table, key, time, kind] of tables) {
    const keepMs = kind === 'metrics' ? options.metricsMs : options.historyMs;
    const before = new Date(Date.now() - keepMs);
    let deleted = SLICE_ROWS;
    while (deleted === SLICE_ROWS) {
      options.signal.throwIfAborted();
      const rowCount = await changeRows(
        knex,
        `DELETE FROM ${table} WHERE (${key}) IN (
           SELECT ${key} FROM ${table} WHERE ${time} < ? LIMIT ${SLICE_ROWS}
         )`,
        [before],
      );
      deleted = rowCount;
    }
  }
}
