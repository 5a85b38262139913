import type {
  ScalableTarget,
  ScalingActivity as EcsActivity,
  ScheduledAction as EcsScheduledAction,
  ServiceNamespace,
} from '@aws-sdk/client-application-auto-scaling';
import {
  groupBy,
  type FleetResource,
  type ScalingActivity,
  type ScheduledAction,
} from '@cloudtrace/plugin-cloudtrace-common';
import type { AwsListCall } from '../calls/AwsCall';
import { awsCalls } from '../calls/awsCalls';
import { chunk } from '../region/chunk';
import { activityStatus } from './collectGroupActivities';
import {
  type CollectContext,
  isFresh,
  listFor,
} from '../region/CollectContext';
import { earliestStart, markHistoryRead } from './historyStart';
import { parseScalingCause } from './parseScalingCause';
import type { Remembered } from '../region/RegionMemory';
import { mapEcsPolicy } from './scalingPolicy';

const IDS_PER_CALL = 50;
const BY_NAME_LIMIT = 5;
const HISTORY_PAGES = 20;

/** The Application Auto Scaling data of one ECS service. */
export interface EcsScaling {
  /** `none` if it does not scale automatically; absent if it could not be read. */
  limits?: { min: number; max: number; suspended: string[] } | 'none';
  /** Absent if they could not be read. */
  activities?: ScalingActivity[];
}

/** Reads limits and activities of ECS services by name. */
export async function collectEcsScaling(
  ctx: CollectContext,
  resources: FleetResource[],
): Promise<Map<string, EcsScaling>> {
  const result = new Map<string, EcsScaling>(resources.map(r => [r.name, {}]));
  await Promise.all([
    readLimits(ctx, resources, result),
    readActivities(ctx, resources, result),
  ]);
  return result;
}

const scalableId = (name: string) => `service/${name}`;
const NAMESPACE = { ServiceNamespace: 'ecs' as const };

async function readLimits(
  ctx: CollectContext,
  resources: FleetResource[],
  result: Map<string, EcsScaling>,
): Promise<void> {
  await Promise.all(
    chunk(resources, IDS_PER_CALL).map(batch => {
      const ids = batch.map(r => r.id);
      return ctx.reports.attempt(ids, async () => {
        const targets = await listFor(
          ctx,
          ids,
          awsCalls.describeScalableTargets,
          { ...NAMESPACE, ResourceIds: batch.map(r => scalableId(r.name)) },
        );
        const byName = new Map(
          targets.map(target => [serviceName(target.ResourceId), target]),
        );
        for (const { name } of batch) {
          const target = byName.get(name);
          const entry = result.get(name);
          if (entry) entry.limits = target ? mapLimits(target) : 'none';
        }
      });
    }),
  );
}

function serviceName(resourceId: string | undefined): string {
  return resourceId?.replace(/^service\//, '') ?? '';
}

function mapLimits(target: ScalableTarget) {
  const { SuspendedState } = target;
  const suspended = [
    SuspendedState?.DynamicScalingInSuspended && 'DynamicScalingIn',
    SuspendedState?.DynamicScalingOutSuspended && 'DynamicScalingOut',
    SuspendedState?.ScheduledScalingSuspended && 'ScheduledScaling',
  ].filter((name): name is string => Boolean(name));
  return {
    min: target.MinCapacity ?? 0,
    max: target.MaxCapacity ?? 0,
    suspended,
  };
}

/** Reads policies and scheduled actions of ECS services, at most once per interval. */
export async function collectEcsSettings(
  ctx: CollectContext,
  resources: FleetResource[],
): Promise<void> {
  await Promise.all([
    readSetting(ctx, resources, ctx.memory.policies, {
      call: awsCalls.describeEcsScalingPolicies,
      map: mapEcsPolicy,
    }),
    readSetting(ctx, resources, ctx.memory.schedules, {
      call: awsCalls.describeEcsScheduledActions,
      map: mapScheduledAction,
    }),
  ]);
}

interface SettingInput {
  ServiceNamespace: ServiceNamespace | undefined;
  ResourceId?: string;
}

/** Reads one kind of setting for the services where it is missing or outdated. */
async function readSetting<O, T extends { ResourceId?: string }, V>(
  ctx: CollectContext,
  resources: FleetResource[],
  memory: Map<string, Remembered<V[]>>,
  kind: { call: AwsListCall<SettingInput, O, T>; map(item: T): V },
): Promise<void> {
  const stale = resources.filter(
    r => ctx.isHinted(r.id) || !isFresh(ctx, memory.get(r.id)),
  );
  if (stale.length === 0) return;
  const ids = stale.map(r => r.id);
  await ctx.reports.attempt(ids, async () => {
    const items = await listFor(ctx, ids, kind.call, {
      ...NAMESPACE,
      ...(stale.length === 1 && { ResourceId: scalableId(stale[0].name) }),
    });
    const byName = groupBy(items, item => serviceName(item.ResourceId));
    for (const { id, name } of stale) {
      memory.set(id, {
        value: (byName.get(name) ?? []).map(kind.map),
        readAtMs: ctx.now.getTime(),
      });
    }
  });
}

function mapScheduledAction(action: EcsScheduledAction): ScheduledAction {
  const once = /^at\((.+)\)$/.exec(action.Schedule ?? '')?.[1];
  return {
    name: action.ScheduledActionName ?? '',
    ...(once ? { nextAt: `${once}Z` } : { recurrence: action.Schedule }),
    timeZone: action.Timezone,
    min: action.ScalableTargetAction?.MinCapacity,
    max: action.ScalableTargetAction?.MaxCapacity,
  };
}

async function readActivities(
  ctx: CollectContext,
  resources: FleetResource[],
  result: Map<string, EcsScaling>,
): Promise<void> {
  // The API has no time filter, so a list of the account stops at its first
  // page for services that are up to date.
  const shared =
    resources.length > BY_NAME_LIMIT
      ? resources.filter(each => ctx.since(each))
      : [];
  const single = resources.filter(r => !shared.includes(r));
  const read = async (batch: FleetResource[], resourceId?: string) => {
    const ids = batch.map(r => r.id);
    const startMs = earliestStart(ctx, 'activities', batch);
    const activities = await ctx.reports.attempt(ids, async () => {
      if (startMs === undefined) {
        return listFor(
          ctx,
          ids,
          awsCalls.describeEcsScalingActivities,
          { ...NAMESPACE, ResourceId: resourceId },
          HISTORY_PAGES,
        );
      }
      return readUntil(ctx, startMs, resourceId);
    });
    if (!activities) return;
    markHistoryRead(ctx, 'activities', batch);
    const byName = groupBy(activities, a => serviceName(a.ResourceId));
    for (const { name } of batch) {
      const entry = result.get(name);
      if (entry) {
        entry.activities = (byName.get(name) ?? []).flatMap(mapActivity);
      }
    }
  };
  await Promise.all([
    ...single.map(r => read([r], scalableId(r.name))),
    ...(shared.length > 0 ? [read(shared)] : []),
  ]);
}

/** Reads newest first, page by page, until it reaches stored entries. */
async function readUntil(
  ctx: CollectContext,
  boundMs: number,
  resourceId: string | undefined,
): Promise<EcsActivity[]> {
  const call = awsCalls.describeEcsScalingActivities;
  const activities: EcsActivity[] = [];
  let token: string | undefined;
  for (let page = 0; page < HISTORY_PAGES; page++) {
    const output = await ctx.api.call(call, {
      ...NAMESPACE,
      ResourceId: resourceId,
      NextToken: token,
    });
    const items = call.items(output) ?? [];
    activities.push(...items);
    const oldest = items[items.length - 1]?.StartTime?.getTime() ?? 0;
    token = call.nextToken(output);
    if (!token || oldest < boundMs) break;
  }
  return activities;
}

function mapActivity(activity: EcsActivity): ScalingActivity[] {
  if (!activity.ActivityId || !activity.StartTime) return [];
  const cause = parseScalingCause(activity.Cause);
  const target = /Setting desired count to (\d+)/.exec(
    activity.Description ?? '',
  )?.[1];
  const mapped: ScalingActivity = {
    activityId: activity.ActivityId,
    kind: 'capacity-change',
    status: activityStatus(activity.StatusCode),
    vendorStatus: activity.StatusCode,
    startedAt: activity.StartTime.toISOString(),
    endedAt: activity.EndTime?.toISOString(),
    cause: activity.Cause,
    description: activity.Description,
    message: activity.StatusMessage,
    ...cause,
    toCapacity: target === undefined ? cause.toCapacity : Number(target),
  };
  return [mapped];
}
