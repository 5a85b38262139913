import type { AutoScalingGroup, Instance } from '@aws-sdk/client-auto-scaling';
import {
  wordTexts,
  type FleetCapacity,
  type FleetInstance,
  type FleetInstanceState,
  type FleetResource,
} from '@cloudtrace/plugin-cloudtrace-common';
import { awsCalls } from '../calls/awsCalls';
import { chunk } from '../region/chunk';
import { type CollectContext, listFor } from '../region/CollectContext';
import { collectLaunches } from './collectLaunches';

const NAMES_PER_CALL = 50;
/** Longer than the time between a locate and its collect. */
const FRESH_MS = 60_000;

/** Reads state and instances of Auto Scaling groups. */
export async function collectGroups(
  ctx: CollectContext,
  resources: FleetResource[],
): Promise<AutoScalingGroup[]> {
  const groups = await describeGroups(ctx, resources);
  const byName = new Map(groups.map(g => [g.AutoScalingGroupName, g]));
  const found: AutoScalingGroup[] = [];
  for (const resource of resources) {
    const group = byName.get(resource.name);
    if (group) found.push(group);
  }
  const instanceIds = found.flatMap(group =>
    (group.Instances ?? []).map(i => i.InstanceId ?? ''),
  );
  await collectLaunches(
    ctx,
    resources.map(r => r.id),
    instanceIds.filter(Boolean),
  );
  for (const resource of resources) {
    const group = byName.get(resource.name);
    if (!group) continue;
    for (const { InstanceId } of group.Instances ?? []) {
      if (InstanceId) ctx.memory.ownerOf.set(InstanceId, resource.id);
    }
    const instances = (group.Instances ?? []).map(i => mapInstance(ctx, i));
    ctx.reports.update(resource.id, {
      instances,
      group: {
        name: resource.name,
        capacity: capacityOf(group, instances),
        zones: group.AvailabilityZones ?? [],
        suspendedProcesses: (group.SuspendedProcesses ?? [])
          .map(process => process.ProcessName)
          .filter((name): name is string => Boolean(name)),
        healthCheckGraceMs: (group.HealthCheckGracePeriod ?? 0) * 1000,
      },
    });
  }
  return found;
}

async function describeGroups(
  ctx: CollectContext,
  resources: FleetResource[],
): Promise<AutoScalingGroup[]> {
  const { freshGroups } = ctx.memory;
  ctx.memory.freshGroups = undefined;
  const usable =
    freshGroups && ctx.now.getTime() - freshGroups.readAtMs < FRESH_MS;
  const groups: AutoScalingGroup[] = [];
  const missing: FleetResource[] = [];
  for (const resource of resources) {
    const group = usable && freshGroups.value.get(resource.name);
    if (group) groups.push(group);
    else missing.push(resource);
  }
  await Promise.all(
    chunk(missing, NAMES_PER_CALL).map(async batch => {
      const ids = batch.map(r => r.id);
      const read = await ctx.reports.attempt(ids, () =>
        listFor(ctx, ids, awsCalls.describeAutoScalingGroups, {
          AutoScalingGroupNames: batch.map(r => r.name),
          MaxRecords: NAMES_PER_CALL,
        }),
      );
      if (!read) return;
      groups.push(...read);
      const names = new Set(read.map(group => group.AutoScalingGroupName));
      for (const { id, name } of batch.filter(r => !names.has(r.name))) {
        ctx.reports.problem([id], {
          code: 'not-found',
          ...wordTexts({
            message: { code: 'aws-gone-auto-scaling-group', values: { name } },
            nextStep: { code: 'aws-gone-next', values: {} },
          }),
        });
      }
    }),
  );
  return groups;
}

function capacityOf(
  group: AutoScalingGroup,
  instances: FleetInstance[],
): FleetCapacity {
  const count = (state: FleetInstanceState) =>
    instances.filter(instance => instance.state === state).length;
  return {
    min: group.MinSize ?? 0,
    desired: group.DesiredCapacity ?? 0,
    max: group.MaxSize ?? 0,
    inService: count('in-service'),
    pending: count('pending'),
    terminating: count('terminating'),
  };
}

function mapInstance(ctx: CollectContext, instance: Instance): FleetInstance {
  const facts = ctx.memory.launches.get(instance.InstanceId ?? '');
  return {
    instanceId: instance.InstanceId ?? '',
    zone: instance.AvailabilityZone ?? facts?.zone,
    state: instanceState(instance.LifecycleState),
    vendorState: instance.LifecycleState,
    instanceType: instance.InstanceType ?? facts?.instanceType,
    launchedAt: facts?.launchedAt,
  };
}

/** Maps a lifecycle state of EC2 Auto Scaling; new ones become `unknown`. */
export function instanceState(
  vendorState: string | undefined,
): FleetInstanceState {
  const state = vendorState ?? '';
  if (state.startsWith('Warmed:')) return 'standby';
  if (state.startsWith('Pending')) return 'pending';
  if (state.startsWith('Terminating')) return 'terminating';
  switch (state) {
    case 'InService':
    case 'ReplacingRootVolume':
      return 'in-service';
    case 'Detaching':
      return 'draining';
    case 'EnteringStandby':
    case 'Standby':
      return 'standby';
    case 'Detached':
    case 'Terminated':
      return 'terminated';
    default:
      return 'unknown';
  }
}
