import type { Activity } from '@aws-sdk/client-auto-scaling';
import {
  groupBy,
  type FleetResource,
  type ScalingActivity,
  type ScalingActivityStatus,
} from '@cloudtrace/plugin-cloudtrace-common';
import { awsCalls } from '../calls/awsCalls';
import { type CollectContext, listFor } from '../region/CollectContext';
import { historyStart, markHistoryRead } from './historyStart';
import { parseScalingCause } from './parseScalingCause';

/** Groups that are further behind are read one by one. */
const RECENT_MS = 60 * 60_000;
const BY_NAME_LIMIT = 5;
/** Enough pages of 100 for a group's whole history of six weeks. */
const HISTORY_PAGES = 50;

/**
 * Reads scaling activities newer than the stored ones. Groups that are up to
 * date share one list of the account; the time limit keeps it short.
 */
export async function collectGroupActivities(
  ctx: CollectContext,
  resources: FleetResource[],
): Promise<void> {
  const nowMs = ctx.now.getTime();
  const bounds = new Map(resources.map(r => [r.id, lowerBound(ctx, r)]));
  const recent = resources.filter(
    r => nowMs - (bounds.get(r.id) ?? 0) < RECENT_MS,
  );
  const shared = recent.length > BY_NAME_LIMIT ? recent : [];
  const single = resources.filter(r => !shared.includes(r));
  const jobs = single.map(r => read(ctx, [r], bounds.get(r.id), r.name));
  if (shared.length > 0) {
    const earliest = Math.min(...shared.map(r => bounds.get(r.id)!));
    jobs.push(read(ctx, shared, earliest, undefined));
  }
  await Promise.all(jobs);
}

function lowerBound(
  ctx: CollectContext,
  resource: FleetResource,
): number | undefined {
  const start = historyStart(ctx, 'activities', resource);
  if (start === undefined) return undefined;
  const open = ctx.memory.openActivities.get(resource.name);
  return Math.min(start, open ?? Number.POSITIVE_INFINITY);
}

async function read(
  ctx: CollectContext,
  resources: FleetResource[],
  lowerBoundMs: number | undefined,
  groupName: string | undefined,
): Promise<void> {
  const ids = resources.map(r => r.id);
  const activities = await ctx.reports.attempt(ids, () =>
    listFor(
      ctx,
      ids,
      awsCalls.describeScalingActivities,
      {
        MaxRecords: 100,
        AutoScalingGroupName: groupName,
        ...(lowerBoundMs !== undefined && {
          Filters: [
            {
              Name: 'StartTimeLowerBound',
              Values: [new Date(lowerBoundMs).toISOString()],
            },
          ],
        }),
      },
      lowerBoundMs === undefined ? HISTORY_PAGES : undefined,
    ),
  );
  if (!activities) return;
  markHistoryRead(ctx, 'activities', resources);
  const byGroup = groupBy(activities, a => a.AutoScalingGroupName);
  for (const { id, name } of resources) {
    const mapped = (byGroup.get(name) ?? []).flatMap(mapActivity);
    const open = mapped.filter(a => a.status === 'in-progress');
    if (open.length > 0) {
      ctx.memory.openActivities.set(
        name,
        Math.min(...open.map(a => Date.parse(a.startedAt))),
      );
    } else {
      ctx.memory.openActivities.delete(name);
    }
    ctx.reports.update(id, { activities: mapped });
  }
}

const INSTANCE_ID = /\bi-[0-9a-f]{8,17}\b/g;

/** Maps an activity of EC2 Auto Scaling; skips one without an id or a start. */
export function mapActivity(activity: Activity): ScalingActivity[] {
  const { ActivityId, StartTime, Description } = activity;
  if (!ActivityId || !StartTime) return [];
  return [
    {
      activityId: ActivityId,
      kind: activityKind(Description),
      status: activityStatus(activity.StatusCode),
      vendorStatus: activity.StatusCode,
      startedAt: StartTime.toISOString(),
      endedAt: activity.EndTime?.toISOString(),
      cause: activity.Cause,
      description: Description,
      message: activity.StatusMessage || undefined,
      ...parseScalingCause(activity.Cause),
      instanceIds: [...new Set(Description?.match(INSTANCE_ID) ?? [])],
    },
  ];
}

function activityKind(
  description: string | undefined,
): ScalingActivity['kind'] {
  if (/^launching/i.test(description ?? '')) return 'launch';
  if (/^terminating/i.test(description ?? '')) return 'terminate';
  return 'other';
}

const RUNNING = new Set([
  'InProgress',
  'MidLifecycleAction',
  'MidTerminatingLifecycleAction',
  'PendingSpotBidPlacement',
  'PreInService',
  'Pending',
  'WaitingForConnectionDraining',
  'WaitingForELBConnectionDraining',
  'WaitingForInPlaceUpdateToFinalize',
  'WaitingForInPlaceUpdateToStart',
  'WaitingForInstanceId',
  'WaitingForInstanceWarmup',
  'WaitingForSpotInstanceId',
  'WaitingForSpotInstanceRequestId',
  'InPlaceUpdateInProgress',
]);

/** Maps a status of EC2 or Application Auto Scaling; new ones become `unknown`. */
export function activityStatus(
  code: string | undefined,
): ScalingActivityStatus {
  switch (code) {
    case 'Successful':
    case 'Overridden':
      return 'successful';
    case 'Failed':
    case 'Unfulfilled':
      return 'failed';
    case 'Cancelled':
      return 'cancelled';
    default:
      return RUNNING.has(code ?? '') ? 'in-progress' : 'unknown';
  }
}
