import { arrayBinding } from '../../database/arrayBinding';
import type {
  ActivityEnd,
  ScalingActivity,
} from '@cloudtrace/plugin-cloudtrace-common';
import type { Knex } from 'knex';
import { queryRows } from '../../database/queryRows';

/**
 * Stores how activities ended that the report does not describe. One that was
 * replaced while in progress counts as cancelled only if it was watched until
 * then; otherwise it may have been done before, which is unknown. A success
 * also replaces a failure that was overcome.
 *
 * @returns The activities that changed
 */
export async function recordActivityEnds(
  tx: Knex.Transaction,
  options: {
    resourceId: number;
    ends: readonly ActivityEnd[];
    /** Until when a change could not be missed. */
    watchedUntil: Date | undefined;
  },
): Promise<Array<ScalingActivity & { isNew: boolean }>> {
  const ends = [
    ...new Map(options.ends.map(end => [end.activityId, end])).values(),
  ].map(end => withSeenStatus(end, options.watchedUntil));
  if (ends.length === 0) return [];
  const rows = await queryRows<{ body: ScalingActivity }>(
    tx,
    `UPDATE fleet_activities a
        SET status = e.status,
            ended_at = e.ended_at,
            body = a.body - ARRAY['vendorStatus', 'message', 'endedAt'] || e.changes
       FROM unnest(?::text[], ?::text[], ?::timestamptz[], ?::jsonb[])
         AS e (activity_key, status, ended_at, changes)
      WHERE a.resource_id = ? AND a.activity_key = e.activity_key
        AND (a.status = 'in-progress' OR (e.status = 'successful' AND a.status <> 'successful'))
     RETURNING a.body`,
    [
      arrayBinding(ends.map(({ activityId }) => activityId)),
      arrayBinding(ends.map(({ status }) => status)),
      arrayBinding(ends.map(({ endedAt }) => endedAt ?? null)),
      arrayBinding(
        ends.map(({ status, endedAt }) => JSON.stringify({ status, endedAt })),
      ),
      options.resourceId,
    ],
  );
  return rows.map(({ body }) => ({ ...body, isNew: false }));
}

function withSeenStatus(
  end: ActivityEnd,
  watchedUntil: Date | undefined,
): Pick<ScalingActivity, 'activityId' | 'status' | 'endedAt'> {
  const { activityId, status } = end;
  const at = new Date(end.endedAt ?? NaN);
  const endedAt = Number.isNaN(at.getTime()) ? undefined : at.toISOString();
  const isSeen = watchedUntil !== undefined && at <= watchedUntil;
  return {
    activityId,
    status: status === 'cancelled' && !isSeen ? 'unknown' : status,
    endedAt,
  };
}
