import type { FleetResource } from '@cloudtrace/plugin-cloudtrace-common';
import { awsCalls } from '../calls/awsCalls';
import { dimensionsOf } from '../metrics/dimensionsOf';
import { chunk } from '../region/chunk';
import { type CollectContext, listFor } from '../region/CollectContext';

/** Fingerprint of the instances behind a target group. */
export type TargetGroupMembers = (targetGroupArn: string) => string;

/** Result of {@link chooseTargetGroups}. */
export interface ChosenTargetGroups {
  chosen: FleetResource[];
  /** For those not polled: when CloudWatch last reported an unchanged count. */
  confirmedAt: Map<string, string>;
}

const METRICS_PER_CALL = 500;
const WINDOW_MS = 10 * 60_000;

/**
 * Chooses the target groups to poll for health in this cycle.
 *
 * @remarks AWS returns target health for one target group per call. Up to the
 * configured number, CloudTrace polls all. Beyond it, it polls those whose
 * health may have changed: not all targets were healthy, instances behind them
 * changed, an event named them, or CloudWatch counts different numbers of
 * healthy and unhealthy hosts (500 metrics per call). The remaining calls go to
 * those without a CloudWatch count and to those polled longest ago. The others
 * keep their stored state: the time of CloudWatch's equal count confirms it.
 */
export async function chooseTargetGroups(
  ctx: CollectContext,
  resources: FleetResource[],
  members: TargetGroupMembers,
): Promise<ChosenTargetGroups> {
  const { targetHealthCalls } = ctx.config.limits;
  if (resources.length <= targetHealthCalls) {
    return { chosen: resources, confirmedAt: new Map() };
  }
  const { recounted, confirmedAt } = await compareCounts(ctx, resources);
  const suspicious: FleetResource[] = [];
  const quiet: Array<{
    resource: FleetResource;
    readAtMs: number;
    confirmed: boolean;
  }> = [];
  for (const resource of resources) {
    const last = ctx.memory.targetHealth.get(resource.id);
    if (
      !last ||
      !last.value.allHealthy ||
      last.value.members !== members(resource.id) ||
      ctx.isHinted(resource.id) ||
      recounted.has(resource.id)
    ) {
      suspicious.push(resource);
    } else {
      const confirmed = confirmedAt.has(resource.id);
      quiet.push({ resource, readAtMs: last.readAtMs, confirmed });
    }
  }
  const left = Math.max(targetHealthCalls - suspicious.length, 0);
  const oldest = quiet
    .sort(
      (a, b) =>
        Number(a.confirmed) - Number(b.confirmed) || a.readAtMs - b.readAtMs,
    )
    .slice(0, left)
    .map(({ resource }) => resource);
  const chosen = [...suspicious, ...oldest];
  chosen.forEach(({ id }) => confirmedAt.delete(id));
  return { chosen, confirmedAt };
}

/** Target groups by whether their host counts differ from those of the previous cycle. */
async function compareCounts(
  ctx: CollectContext,
  resources: FleetResource[],
): Promise<{ recounted: Set<string>; confirmedAt: Map<string, string> }> {
  const queries = resources.flatMap(resource => {
    const balancer = ctx.memory.targetGroups.get(resource.id)?.value
      .LoadBalancerArns?.[0];
    const dimensions = dimensionsOf(resource, balancer);
    if (!dimensions.loadBalancer || !dimensions.namespace) return [];
    return [
      { metricName: 'HealthyHostCount', stat: 'Minimum' },
      { metricName: 'UnHealthyHostCount', stat: 'Maximum' },
    ].map(metric => ({ ...metric, resource, dimensions }));
  });
  const counts = new Map<string, Record<string, number>>();
  const countedAt = new Map<string, Date>();
  const ids = resources.map(r => r.id);
  for (const batch of chunk(queries, METRICS_PER_CALL)) {
    const results = await ctx.reports.attempt(ids, () =>
      listFor(ctx, ids, awsCalls.getMetricData, {
        StartTime: new Date(ctx.now.getTime() - WINDOW_MS),
        EndTime: ctx.now,
        ScanBy: 'TimestampDescending',
        MetricDataQueries: batch.map((query, index) => ({
          Id: `h${index}`,
          MetricStat: {
            Stat: query.stat,
            Period: 60,
            Metric: {
              Namespace: query.dimensions.namespace,
              MetricName: query.metricName,
              Dimensions: [
                { Name: 'TargetGroup', Value: query.dimensions.targetGroup },
                { Name: 'LoadBalancer', Value: query.dimensions.loadBalancer },
              ],
            },
          },
        })),
      }),
    );
    for (const result of results ?? []) {
      const query = batch[Number(result.Id?.slice(1))];
      const latest = result.Values?.[0];
      if (!query || latest === undefined) continue;
      const { id } = query.resource;
      counts.set(id, { ...counts.get(id), [query.metricName]: latest });
      const at = result.Timestamps?.[0];
      if (at) countedAt.set(id, at);
    }
  }
  const recounted = new Set<string>();
  const confirmedAt = new Map<string, string>();
  for (const [id, { HealthyHostCount, UnHealthyHostCount }] of counts) {
    const hostCounts = `${HealthyHostCount}/${UnHealthyHostCount}`;
    const last = ctx.memory.targetHealth.get(id);
    if (!last) continue;
    const before = last.value.hostCounts;
    const at = countedAt.get(id);
    if (before !== undefined && before !== hostCounts) recounted.add(id);
    else if (before && at) confirmedAt.set(id, at.toISOString());
    last.value.hostCounts = hostCounts;
  }
  return { recounted, confirmedAt };
}
