import type {
  TargetGroup,
  TargetHealthDescription,
} from '@aws-sdk/client-elastic-load-balancing-v2';
import type {
  FleetInstance,
  FleetResource,
  FleetTarget,
  HealthCheckSettings,
} from '@cloudtrace/plugin-cloudtrace-common';
import { awsCalls } from '../calls/awsCalls';
import { type CollectContext, readAt } from '../region/CollectContext';
import { collectLaunches } from './collectLaunches';
import {
  chooseTargetGroups,
  type TargetGroupMembers,
} from './chooseTargetGroups';
import { targetState } from './targetState';

/**
 * Reads targets and health-check settings of target groups. `behind` returns
 * the known instances behind a target group.
 */
export async function collectTargetGroups(
  ctx: CollectContext,
  resources: FleetResource[],
  behind: (targetGroupArn: string) => FleetInstance[],
): Promise<void> {
  for (const { id } of resources) {
    const group = ctx.memory.targetGroups.get(id);
    if (group) {
      ctx.reports.update(id, {
        healthCheck: mapHealthCheck(group.value),
        readAt: { 'health-check': readAt(group) },
      });
    }
  }
  const members: TargetGroupMembers = id =>
    behind(id)
      .map(instance => `${instance.instanceId}=${instance.vendorState}`)
      .sort()
      .join();
  const { chosen, confirmedAt } = await chooseTargetGroups(
    ctx,
    resources,
    members,
  );
  for (const [id, targets] of confirmedAt) {
    ctx.reports.update(id, { readAt: { targets } });
  }
  const answers = new Map<string, TargetHealthDescription[]>();
  await Promise.all(
    chosen.map(({ id }) =>
      ctx.reports.attempt([id], async () => {
        const { TargetHealthDescriptions } = await ctx.api.call(
          awsCalls.describeTargetHealth,
          { TargetGroupArn: id },
        );
        answers.set(id, TargetHealthDescriptions ?? []);
      }),
    ),
  );
  const known = new Map<string, FleetInstance>();
  for (const { id } of resources) {
    for (const instance of behind(id)) known.set(instance.instanceId, instance);
  }
  const strangers = [...answers.values()]
    .flat()
    .map(description => description.Target?.Id ?? '')
    .filter(id => id.startsWith('i-') && !known.has(id));
  await collectLaunches(ctx, [...answers.keys()], strangers);

  for (const [id, descriptions] of answers) {
    const addresses = new Map<string, FleetInstance>();
    for (const instance of behind(id)) {
      for (const address of ctx.memory.addressesOf(instance.instanceId)) {
        addresses.set(address, instance);
      }
    }
    const targets = descriptions.map(description =>
      mapTarget(ctx, description, known, addresses),
    );
    ctx.reports.update(id, { targets });
    ctx.memory.targetHealth.set(id, {
      readAtMs: ctx.now.getTime(),
      value: {
        allHealthy: targets.every(target => target.state === 'healthy'),
        members: members(id),
        hostCounts: ctx.memory.targetHealth.get(id)?.value.hostCounts,
      },
    });
  }
}

function mapTarget(
  ctx: CollectContext,
  { Target, TargetHealth }: TargetHealthDescription,
  instances: ReadonlyMap<string, FleetInstance>,
  addresses: ReadonlyMap<string, FleetInstance>,
): FleetTarget {
  const id = Target?.Id ?? '';
  const instance = instances.get(id) ?? addresses.get(id);
  const state = targetState(TargetHealth?.State);
  const zone =
    Target?.AvailabilityZone && Target.AvailabilityZone !== 'all'
      ? Target.AvailabilityZone
      : instance?.zone ?? ctx.memory.launches.get(id)?.zone;
  return {
    targetId: Target?.Port === undefined ? id : `${id}:${Target.Port}`,
    instanceId: instance?.instanceId ?? (id.startsWith('i-') ? id : undefined),
    port: Target?.Port,
    zone,
    state,
    ...(state !== TargetHealth?.State && { vendorState: TargetHealth?.State }),
    reasonCode: TargetHealth?.Reason,
    reason: TargetHealth?.Description,
  };
}

function mapHealthCheck(group: TargetGroup): HealthCheckSettings {
  return {
    protocol: group.HealthCheckProtocol ?? 'unknown',
    path: group.HealthCheckPath,
    port: group.HealthCheckPort,
    intervalMs: (group.HealthCheckIntervalSeconds ?? 0) * 1000,
    timeoutMs: (group.HealthCheckTimeoutSeconds ?? 0) * 1000,
    healthyThreshold: group.HealthyThresholdCount ?? 0,
    unhealthyThreshold: group.UnhealthyThresholdCount ?? 0,
    matcher: group.Matcher?.HttpCode ?? group.Matcher?.GrpcCode,
  };
}
