import type { Knex } from 'knex';
import { deleteOldRows } from '../../database/deleteOldRows';

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
] as const;

/** Deletes fleet history past its retention. Rows that are still current are kept. */
export async function pruneFleetHistory(
  knex: Knex,
  options: {
    metricsBefore: Date;
    historyBefore: Date;
    signal: AbortSignal;
  },
): Promise<void> {
  const { metricsBefore, historyBefore, signal } = options;
  for (const [table, key, timeColumn, kind] of tables) {
    const before = kind === 'metrics' ? metricsBefore : historyBefore;
    await deleteOldRows(knex, { table, key, timeColumn, before, signal });
  }
}
