import type { ScheduledUpdateGroupAction } from '@aws-sdk/client-auto-scaling';
import {
  groupBy,
  type FleetResource,
  type ScheduledAction,
} from '@cloudtrace/plugin-cloudtrace-common';
import type { AwsListCall } from '../calls/AwsCall';
import { awsCalls } from '../calls/awsCalls';
import {
  type CollectContext,
  isFresh,
  listFor,
} from '../region/CollectContext';
import type { Remembered } from '../region/RegionMemory';
import { mapGroupPolicy } from './scalingPolicy';

/** More groups than this are read with one list of the account. */
const BY_NAME_LIMIT = 5;

/** Reads policies and scheduled actions of groups, at most once per interval. */
export async function collectGroupSettings(
  ctx: CollectContext,
  resources: FleetResource[],
): Promise<void> {
  await Promise.all([
    readSettings(ctx, resources, ctx.memory.policies, {
      call: awsCalls.describePolicies,
      nameOf: policy => policy.AutoScalingGroupName,
      map: policies => policies.map(mapGroupPolicy),
    }),
    readSettings(ctx, resources, ctx.memory.schedules, {
      call: awsCalls.describeScheduledActions,
      nameOf: action => action.AutoScalingGroupName,
      map: actions => actions.map(mapScheduledAction),
    }),
  ]);
}

interface GroupListInput {
  AutoScalingGroupName?: string;
  MaxRecords?: number;
}

async function readSettings<O, T, V>(
  ctx: CollectContext,
  resources: FleetResource[],
  memory: Map<string, Remembered<V>>,
  kind: {
    call: AwsListCall<GroupListInput, O, T>;
    nameOf(item: T): string | undefined;
    map(items: T[]): V;
  },
): Promise<void> {
  const stale = resources.filter(
    r => ctx.isHinted(r.id) || !isFresh(ctx, memory.get(r.id)),
  );
  const read = async (batch: FleetResource[], input: GroupListInput) => {
    const ids = batch.map(r => r.id);
    await ctx.reports.attempt(ids, async () => {
      const items = await listFor(ctx, ids, kind.call, {
        ...input,
        MaxRecords: 100,
      });
      const byName = groupBy(items, kind.nameOf);
      for (const { id, name } of batch) {
        memory.set(id, {
          value: kind.map(byName.get(name) ?? []),
          readAtMs: ctx.now.getTime(),
        });
      }
    });
  };
  if (stale.length > BY_NAME_LIMIT) {
    await read(stale, {});
  } else {
    await Promise.all(
      stale.map(r => read([r], { AutoScalingGroupName: r.name })),
    );
  }
}

function mapScheduledAction(
  action: ScheduledUpdateGroupAction,
): ScheduledAction {
  return {
    name: action.ScheduledActionName ?? '',
    recurrence: action.Recurrence,
    timeZone: action.TimeZone,
    nextAt: (action.StartTime ?? action.Time)?.toISOString(),
    min: action.MinSize,
    desired: action.DesiredCapacity,
    max: action.MaxSize,
  };
}
