import type { ScalingActivity } from '@cloudtrace/plugin-cloudtrace-common';
import type { Knex } from 'knex';
import { queryRows } from '../../database/queryRows';

/** Which activities to read. */
export interface ActivityQuery {
  resourceIds: readonly number[];
  from: Date;
  to: Date;
  statuses?: readonly string[];
  causes?: readonly string[];
}

/** A scaling activity and its group. */
export interface StoredActivity {
  resourceId: number;
  activity: ScalingActivity;
}

/** Where a page of activities ends. */
export interface ActivityPosition {
  startedAt: Date;
  activityId: string;
}

const CONDITIONS = `resource_id = ANY(?::int4[]) AND started_at >= ? AND started_at < ?
  AND (?::text[] IS NULL OR status = ANY(?::text[]))
  AND (?::text[] IS NULL OR cause_kind = ANY(?::text[]))`;

function bindingsOf(query: ActivityQuery): Knex.RawBinding[] {
  const statuses = query.statuses?.length ? [...query.statuses] : null;
  const causes = query.causes?.length ? [...query.causes] : null;
  return [
    [...query.resourceIds],
    query.from,
    query.to,
    statuses as unknown as Knex.RawBinding,
    statuses as unknown as Knex.RawBinding,
    causes as unknown as Knex.RawBinding,
    causes as unknown as Knex.RawBinding,
  ];
}

/** A page of scaling activities, newest first. */
export async function readActivities(
  knex: Knex,
  query: ActivityQuery & { after?: ActivityPosition; limit: number },
): Promise<StoredActivity[]> {
  const { after } = query;
  const rows = await queryRows<{ resource_id: number; body: ScalingActivity }>(
    knex,
    `SELECT resource_id, body FROM fleet_activities
      WHERE ${CONDITIONS}
        ${after ? 'AND (started_at, activity_key) < (?, ?)' : ''}
      ORDER BY started_at DESC, activity_key DESC LIMIT ?`,
    [
      ...bindingsOf(query),
      ...(after ? [after.startedAt, after.activityId] : []),
      query.limit,
    ],
  );
  return rows.map(row => ({
    resourceId: row.resource_id,
    activity: row.body,
  }));
}

/** Number of activities by group. */
export interface ActivityCounts {
  total: number;
  failed: number;
  inProgress: number;
  scaleOut: number;
  scaleIn: number;
}

/** Counts scaling activities by group. */
export async function countActivities(
  knex: Knex,
  query: ActivityQuery,
): Promise<Map<number, ActivityCounts>> {
  const rows = await queryRows<ActivityCounts & { resource_id: number }>(
    knex,
    `SELECT resource_id,
            count(*)::int AS total,
            count(*) FILTER (WHERE status = 'failed')::int AS failed,
            count(*) FILTER (WHERE status = 'in-progress')::int AS "inProgress",
            count(*) FILTER (WHERE kind = 'launch' OR (body->>'toCapacity')::float8 > (body->>'fromCapacity')::float8)::int AS "scaleOut",
            count(*) FILTER (WHERE kind = 'terminate' OR (body->>'toCapacity')::float8 < (body->>'fromCapacity')::float8)::int AS "scaleIn"
       FROM fleet_activities WHERE ${CONDITIONS} GROUP BY resource_id`,
    bindingsOf(query),
  );
  return new Map(rows.map(({ resource_id: id, ...counts }) => [id, counts]));
}
