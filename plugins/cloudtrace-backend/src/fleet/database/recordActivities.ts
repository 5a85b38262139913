import { arrayBinding } from '../../database/arrayBinding';
import type { ScalingActivity } from '@cloudtrace/plugin-cloudtrace-common';
import type { Knex } from 'knex';
import { queryRows } from '../../database/queryRows';

/**
 * Stores scaling activities. Resolves to the new and changed ones.
 *
 * The start of an activity never moves to a later time: a source that forgets
 * its events knows only later ones. If the activity has ended, the stored one
 * stays as it is.
 */
export async function recordActivities(
  tx: Knex.Transaction,
  resourceId: number,
  activities: readonly ScalingActivity[],
): Promise<Array<ScalingActivity & { isNew: boolean }>> {
  const unique = new Map(
    activities
      .filter(activity => !Number.isNaN(Date.parse(activity.startedAt)))
      .map(activity => [activity.activityId, activity]),
  );
  if (unique.size === 0) return [];
  const sorted = [...unique.keys()].sort().map(key => unique.get(key)!);
  const rows = await queryRows<{ body: ScalingActivity; is_new: boolean }>(
    tx,
    `INSERT INTO fleet_activities AS a
       (resource_id, activity_key, started_at, ended_at, kind, status, cause_kind, body)
     SELECT ?::int4, * FROM unnest(?::text[], ?::timestamptz[], ?::timestamptz[], ?::text[], ?::text[], ?::text[], ?::jsonb[])
     ON CONFLICT (resource_id, activity_key) DO UPDATE SET
       started_at = LEAST(a.started_at, excluded.started_at), ended_at = excluded.ended_at,
       kind = excluded.kind, status = excluded.status, cause_kind = excluded.cause_kind,
       body = CASE WHEN a.started_at < excluded.started_at
                   THEN jsonb_set(excluded.body, '{startedAt}', a.body->'startedAt')
                   ELSE excluded.body END
     WHERE a.body IS DISTINCT FROM excluded.body
       AND (a.ended_at IS NULL OR excluded.started_at <= a.started_at)
     RETURNING body, (xmax = 0) AS is_new`,
    [
      resourceId,
      arrayBinding(sorted.map(a => a.activityId)),
      arrayBinding(sorted.map(a => a.startedAt)),
      arrayBinding(
        sorted.map(a =>
          a.endedAt && !Number.isNaN(Date.parse(a.endedAt)) ? a.endedAt : null,
        ),
      ),
      arrayBinding(sorted.map(a => a.kind)),
      arrayBinding(sorted.map(a => a.status)),
      arrayBinding(sorted.map(a => a.causeKind)),
      arrayBinding(sorted.map(a => JSON.stringify(a))),
    ],
  );
  return rows.map(row => ({ ...row.body, isNew: row.is_new }));
}
