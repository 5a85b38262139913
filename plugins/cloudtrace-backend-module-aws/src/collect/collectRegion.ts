import type {
  FleetInstance,
  FleetReport,
  FleetResource,
} from '@cloudtrace/plugin-cloudtrace-common';
import type { AutoScalingGroup } from '@aws-sdk/client-auto-scaling';
import { collectAlarms } from './collectAlarms';
import { collectDatabases } from './collectDatabases';
import { collectEcsServices } from './collectEcsServices';
import { collectEcsSettings } from './collectEcsScaling';
import { collectGroupActivities } from './collectGroupActivities';
import { collectGroups } from './collectGroups';
import { collectGroupSettings } from './collectGroupSettings';
import { collectMetrics } from './collectMetrics';
import { collectTargetGroups } from './collectTargetGroups';
import { type CollectContext, readAt } from '../region/CollectContext';
import { explainActivities } from './explainActivities';
import { withAlarms } from './scalingPolicy';

/**
 * Reads everything about the resources of one account and region. Each part
 * waits only for what it needs: state does not wait for metrics, and metrics do
 * not wait for a database that does not respond.
 */
export async function collectRegion(
  ctx: CollectContext,
): Promise<FleetReport[]> {
  const ofType = (type: string) =>
    ctx.resources.filter(resource => resource.type === type);
  const groups = ofType('auto-scaling-group');
  const services = ofType('ecs-service');
  const targetGroups = ofType('target-group');
  const databases = ctx.resources.filter(
    resource =>
      resource.type === 'db-instance' || resource.type === 'db-cluster',
  );

  const collectFleet = async () => {
    const [described] = await Promise.all([
      groups.length > 0 ? collectGroups(ctx, groups) : [],
      services.length > 0 ? collectEcsServices(ctx, services) : undefined,
    ]);
    if (targetGroups.length > 0) {
      const behind = instancesBehind(ctx, described, services);
      await collectTargetGroups(ctx, targetGroups, behind);
    }
  };
  const collectCharts = async () => {
    await Promise.all([
      groups.length > 0 ? collectGroupSettings(ctx, groups) : undefined,
      services.length > 0 ? collectEcsSettings(ctx, services) : undefined,
    ]);
    const policyAlarms = new Map(
      [...groups, ...services].map(resource => [
        resource.id,
        (policiesOf(ctx, resource) ?? []).flatMap(
          p => p.policy.alarmNames ?? [],
        ),
      ]),
    );
    await collectAlarms(ctx, policyAlarms);
    await collectMetrics(ctx);
  };
  await Promise.all([
    collectFleet(),
    collectCharts(),
    groups.length > 0 ? collectGroupActivities(ctx, groups) : undefined,
    databases.length > 0 ? collectDatabases(ctx, databases) : undefined,
  ]);
  for (const resource of [...groups, ...services]) {
    const report = ctx.reports.get(resource.id);
    if (report?.group) {
      ctx.reports.update(resource.id, {
        group: {
          ...report.group,
          // Absent if it could not be read, which is not the same as none.
          policies: policiesOf(ctx, resource)?.map(policy =>
            withAlarms(policy, ctx.memory.alarms),
          ),
          scheduledActions: ctx.memory.schedules.get(resource.id)?.value,
        },
        readAt: {
          policies: readAt(ctx.memory.policies.get(resource.id)),
          schedules: readAt(ctx.memory.schedules.get(resource.id)),
        },
      });
    }
    if (report?.activities) {
      ctx.reports.update(resource.id, {
        activities: explainActivities(report.activities, ctx.memory),
      });
    }
  }
  return ctx.reports.all();
}

function policiesOf(ctx: CollectContext, resource: FleetResource) {
  return ctx.memory.policies.get(resource.id)?.value;
}

function instancesBehind(
  ctx: CollectContext,
  groups: AutoScalingGroup[],
  services: FleetResource[],
): (targetGroupArn: string) => FleetInstance[] {
  const behind = new Map<string, FleetInstance[]>();
  const add = (arn: string, instances: readonly FleetInstance[] | undefined) =>
    behind.set(arn, [...(behind.get(arn) ?? []), ...(instances ?? [])]);
  for (const group of groups) {
    const instances = ctx.reports.get(
      group.AutoScalingGroupARN ?? '',
    )?.instances;
    const sources = (group.TrafficSources ?? []).map(s => s.Identifier ?? '');
    new Set([...(group.TargetGroupARNs ?? []), ...sources]).forEach(arn =>
      add(arn, instances),
    );
  }
  for (const { id } of services) {
    ctx.memory.ecsTargetGroups
      .get(id)
      ?.forEach(arn => add(arn, ctx.reports.get(id)?.instances));
  }
  return arn => behind.get(arn) ?? [];
}
