import type { Knex } from 'knex';
import { deleteOldRows } from '../../database/deleteOldRows';
import { pruneMetrics } from './pruneMetrics';

/** The history tables, with their key and the time that retention counts from. */
const tables = [
  ['fleet_target_states', 'resource_id, target_key, at', 'until'],
  ['fleet_activities', 'resource_id, activity_key', 'started_at'],
  ['fleet_alarm_transitions', 'resource_id, alarm_name, at', 'at'],
  ['fleet_database_events', 'resource_id, event_key', 'at'],
  ['fleet_instances', 'resource_id, instance_key', 'ended_at'],
  ['fleet_gaps', 'resource_id, part, from_at', 'to_at'],
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
  await pruneMetrics(knex, { before: metricsBefore, signal });
  for (const [table, key, timeColumn] of tables) {
    await deleteOldRows(knex, {
      table,
      key,
      timeColumn,
      before: historyBefore,
      signal,
    });
  }
}
