import {
  adviseOnFailure,
  describeActivity,
  describeSuspendedProcess,
  nameOfProcess,
  wordTexts,
  type CapacityPoint,
  type MetricPoint,
  type MetricSeries,
  type ScalingActivity,
  type ScalingActivityRecord,
  type ScalingGroup,
} from '@cloudtrace/plugin-cloudtrace-common';
import type { ActivityCounts } from './database/readActivities';
import type { MetricPoints, MetricStep } from './database/readMetrics';
import type { CapacityHistoryRow } from './database/readCapacity';
import type { DbFleetResourceRow, DbLinkedResourceRow } from './database/rows';
import type { FleetFreshness } from './FleetFreshness';
import { toResourceSummary } from './loadFleet';
import { thinOut } from './thinOut';

/** A scaling activity as the API returns it. */
export function toActivityRecord(
  activity: ScalingActivity,
  resource: Pick<DbFleetResourceRow, 'external_id' | 'name'>,
): ScalingActivityRecord {
  const startedAt = new Date(activity.startedAt);
  const endedAt = activity.endedAt ? new Date(activity.endedAt) : undefined;
  return {
    ...activity,
    startedAt: startedAt.toISOString(),
    endedAt: endedAt?.toISOString(),
    durationMs: endedAt
      ? Math.max(0, endedAt.getTime() - startedAt.getTime())
      : undefined,
    resourceId: resource.external_id,
    resourceName: resource.name,
    ...wordTexts({
      summary: describeActivity(activity),
      nextStep:
        activity.status === 'failed'
          ? adviseOnFailure(activity.message)
          : undefined,
    }),
    instanceIds: activity.instanceIds ?? [],
  };
}

/**
 * Turns the stored data of a group into the response for the view; `undefined`
 * if its capacity was never read. Pure.
 */
export function buildScalingGroup(input: {
  resource: DbLinkedResourceRow;
  capacity: CapacityHistoryRow[];
  counts?: ActivityCounts;
  last?: ScalingActivity;
  drivers: MetricSeries[];
  range: { from: Date; to: Date };
  now: Date;
  freshness: FleetFreshness;
}): ScalingGroup | undefined {
  const { resource, capacity, range, now } = input;
  const { group } = resource.snapshot;
  if (!group) return undefined;
  const until = now < range.to ? now : range.to;
  return {
    resource: toResourceSummary(resource, input.freshness),
    capacity: group.capacity,
    limit: limitOf(group.capacity),
    zones: group.zones,
    healthCheckGraceMs: group.healthCheckGraceMs,
    capacitySeries: capacitySeries(capacity, range.from, until),
    policies: group.policies?.map(policy => ({
      ...policy,
      alarmNames: policy.alarmNames ?? [],
    })),
    scheduledActions: group.scheduledActions,
    suspendedProcesses: group.suspendedProcesses?.map(name => ({
      name: nameOfProcess(name),
      ...wordTexts({ explanation: describeSuspendedProcess(name) }),
    })),
    drivers: input.drivers,
    activities: hasActivities(resource, input)
      ? {
          ...(input.counts ?? {
            total: 0,
            failed: 0,
            inProgress: 0,
            scaleOut: 0,
            scaleIn: 0,
          }),
          last: input.last && toActivityRecord(input.last, resource),
        }
      : undefined,
  };
}

/** Whether all activities of a group were ever read. If not, their number is unknown. */
export function hasActivities(
  { snapshot }: Pick<DbLinkedResourceRow, 'snapshot'>,
  stored: { counts?: ActivityCounts; last?: ScalingActivity },
): boolean {
  // Earlier versions did not store this.
  return snapshot.hasActivities ?? Boolean(stored.counts || stored.last);
}

/** Where the capacity is relative to its limits, if those are known. */
export function limitOf(capacity: {
  min?: number | null;
  desired: number;
  max?: number | null;
}): ScalingGroup['limit'] {
  const { min, desired, max } = capacity;
  if (desired === 0) return 'at-zero';
  if (typeof min !== 'number' || typeof max !== 'number') return 'unknown';
  if (min === max) return 'fixed';
  if (desired >= max) return 'at-max';
  return desired <= min ? 'at-min' : 'none';
}

function capacitySeries(
  rows: readonly CapacityHistoryRow[],
  from: Date,
  until: Date,
): CapacityPoint[] {
  const changes = rows
    .filter(({ at }) => at <= until)
    .map(row => ({
      at: Math.max(row.at.getTime(), from.getTime()),
      min: row.min ?? undefined,
      desired: row.desired,
      max: row.max ?? undefined,
      inService: row.in_service,
    }));
  const points: CapacityPoint[] = thinOut(changes, [
    point => point.inService,
    point => -point.desired,
  ]).map(({ at, ...figures }) => ({
    t: new Date(at).toISOString(),
    ...figures,
  }));
  const last = points.at(-1);
  if (last && last.t !== until.toISOString()) {
    points.push({ ...last, t: until.toISOString() });
  }
  return points;
}

/** Whether the value of a statistic grows with the period that it covers. */
function isAdditive(statistic: string): boolean {
  return /^(sum|samplecount|count)$/i.test(statistic);
}

/**
 * The value of a step with several points: sums and counts are added, extremes
 * stay extremes, and everything else, including percentiles, is averaged.
 */
export function valueOfStep(step: MetricStep, statistic: string): number {
  if (isAdditive(statistic)) return step.sum;
  if (/^min(imum)?$/i.test(statistic)) return step.min;
  return /^max(imum)?$/i.test(statistic) ? step.max : step.mean;
}

/** Joins points with the description of their series. A series without a description is dropped. */
export function toMetricSeries(
  stored: readonly MetricPoints[],
  resources: readonly DbLinkedResourceRow[],
  stepMs: number,
): MetricSeries[] {
  return stored.flatMap(({ resourceId, seriesId, points }) => {
    const resource = resources.find(r => r.resource_id === resourceId);
    const description = resource?.snapshot.metricSeries?.[seriesId];
    if (!resource || !description) return [];
    const { statistic, periodMs } = description;
    // A threshold applies to one period. For sums over a wider step it grows in
    // proportion.
    const scale =
      isAdditive(statistic) && periodMs > 0
        ? Math.max(1, stepMs / periodMs)
        : 1;
    return [
      {
        seriesId,
        resourceId: resource.external_id,
        resourceName: resource.name,
        label: description.label,
        coded: description.coded,
        unit: description.unit,
        statistic,
        periodMs,
        perStepMs: isAdditive(statistic)
          ? Math.max(stepMs, periodMs)
          : undefined,
        points: withGaps(
          points.map(step => ({
            t: step.t.toISOString(),
            value: valueOfStep(step, statistic),
          })),
          Math.max(stepMs, periodMs),
        ),
        thresholds: thresholdsOf(seriesId, resources)?.map(line => ({
          ...line,
          value: line.value * scale,
        })),
      },
    ];
  });
}

/** So many steps without a point are a gap; a single reading may be late. */
const GAP_STEPS = 3;

/** Adds a point without a value to each gap, so that no line crosses it. */
function withGaps(points: MetricPoint[], stepMs: number): MetricPoint[] {
  return points.flatMap((point, i) => {
    const next = points[i + 1];
    const at = Date.parse(point.t);
    const isGap = next && Date.parse(next.t) - at > GAP_STEPS * stepMs;
    return isGap
      ? [point, { t: new Date(at + stepMs).toISOString() }]
      : [point];
  });
}

/** Target values and thresholds of the policies that track a series. */
function thresholdsOf(
  seriesId: string,
  resources: readonly DbLinkedResourceRow[],
): MetricSeries['thresholds'] {
  const lines = resources.flatMap(({ snapshot }) =>
    (snapshot.group?.policies ?? [])
      .filter(policy => policy.metricSeriesId === seriesId)
      .flatMap(policy => [
        ...(policy.targetValue === undefined
          ? []
          : [
              {
                value: policy.targetValue,
                ...wordTexts({
                  label: {
                    code: 'threshold-target' as const,
                    values: { policy: policy.name },
                  },
                }),
              },
            ]),
        ...(policy.thresholds ?? []).map(threshold => ({
          value: threshold.value,
          label: `${policy.name}: ${threshold.comparison}`,
        })),
      ]),
  );
  return lines.length > 0 ? lines : undefined;
}
