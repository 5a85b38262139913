import type { MetricDataResult } from '@aws-sdk/client-cloudwatch';
import {
  groupBy,
  wordTexts,
  type FleetMetricSeries,
} from '@cloudtrace/plugin-cloudtrace-common';
import { awsCalls } from '../calls/awsCalls';
import { type MetricQuery, queriesOf } from '../metrics/queriesOf';
import { type CollectContext, listFor } from '../region/CollectContext';

const METRICS_PER_CALL = 500;
const POINTS_PER_CALL = 100_800;
/** CloudWatch completes points with a delay. */
const OVERLAP_MS = 10 * 60_000;

interface TimedQuery extends MetricQuery {
  startMs: number;
}

/** Reads the metrics of all resources whose interval has passed. */
export async function collectMetrics(ctx: CollectContext): Promise<void> {
  const nowMs = ctx.now.getTime();
  const { intervalMs, lookbackMs, custom } = ctx.config.metrics;
  const due = ctx.resources.filter(resource => {
    const readAtMs = ctx.memory.metricsReadAtMs.get(resource.id) ?? 0;
    return nowMs - readAtMs >= intervalMs || ctx.isHinted(resource.id);
  });
  const queries = due.flatMap(resource => {
    const since = ctx.since(resource)?.getTime();
    const readAtMs = ctx.memory.metricsReadAtMs.get(resource.id);
    // Twice the interval: after a restart, the time of the last read is unknown.
    const overlapMs = Math.max(OVERLAP_MS, 2 * intervalMs);
    const from = Math.min(since ?? 0, readAtMs ?? since ?? 0) - overlapMs;
    const startMs = Math.max(from, nowMs - lookbackMs);
    return queriesOf(resource, {
      custom,
      loadBalancerArn: ctx.memory.targetGroups.get(resource.id)?.value
        .LoadBalancerArns?.[0],
      policies: ctx.memory.policies.get(resource.id)?.value ?? [],
      alarms: ctx.memory.alarms,
    }).map((query): TimedQuery => ({ ...query, startMs }));
  });
  // Batches series that reach back equally far, so that few calls read a long window.
  queries.sort((a, b) => a.startMs - b.startMs);
  const results = await Promise.all(
    batches(queries, nowMs).map(batch => readBatch(ctx, batch)),
  );
  const failed = new Set(results.flatMap(result => result.failed));
  const byResource = groupBy(
    results.flatMap(result => result.series),
    item => item.resourceId,
  );
  for (const { id } of due) {
    if (failed.has(id)) continue;
    ctx.memory.metricsReadAtMs.set(id, nowMs);
    ctx.reports.update(id, {
      metrics: (byResource.get(id) ?? []).map(item => item.series),
    });
  }
}

function batches(queries: TimedQuery[], nowMs: number): TimedQuery[][] {
  const result: TimedQuery[][] = [];
  let batch: TimedQuery[] = [];
  let points = 0;
  for (const query of queries) {
    // The first of a batch reaches back furthest and sets the window.
    const startMs = batch[0]?.startMs ?? query.startMs;
    const needed = Math.ceil((nowMs - startMs) / query.definition.periodMs) + 1;
    const full =
      batch.length === METRICS_PER_CALL || points + needed > POINTS_PER_CALL;
    if (full && batch.length > 0) {
      result.push(batch);
      batch = [];
      points = 0;
    }
    batch.push(query);
    points += needed;
  }
  if (batch.length > 0) result.push(batch);
  return result;
}

interface BatchResult {
  series: Array<{ resourceId: string; series: FleetMetricSeries }>;
  /** Ids of resources whose series could not be read. */
  failed: string[];
}

async function readBatch(
  ctx: CollectContext,
  batch: TimedQuery[],
): Promise<BatchResult> {
  const ids = new Set(batch.map(query => query.resource.id));
  const results = await ctx.reports.attempt(ids, () =>
    listFor(ctx, ids, awsCalls.getMetricData, {
      StartTime: new Date(Math.floor(batch[0].startMs / 60_000) * 60_000),
      EndTime: ctx.now,
      ScanBy: 'TimestampAscending',
      MetricDataQueries: batch.map(({ definition, dimensions }, index) => ({
        Id: `m${index}`,
        MetricStat: {
          Stat: definition.statistic,
          Period: definition.periodMs / 1000,
          Metric: {
            Namespace: definition.namespace,
            MetricName: definition.metricName,
            Dimensions: Object.entries(dimensions).map(([Name, Value]) => ({
              Name,
              Value,
            })),
          },
        },
      })),
    }),
  );
  if (!results) return { series: [], failed: [...ids] };
  // A series can span several pages.
  const all = [...groupBy(results, result => result.Id)].flatMap(
    ([id, parts]) => {
      const query = batch[Number(id.slice(1))];
      if (!query) return [];
      const series = toSeries(query, parts);
      if (parts.some(part => part.StatusCode === 'Forbidden')) {
        ctx.reports.problem([query.resource.id], {
          code: 'access-denied',
          missingPermission: awsCalls.getMetricData.iamAction,
          ...wordTexts({
            message: {
              code: 'aws-metric-hidden',
              values: { metric: query.definition.metricName },
            },
            nextStep: { code: 'aws-metric-hidden-next', values: {} },
          }),
        });
      }
      return series.times.length > 0
        ? [{ resourceId: query.resource.id, series }]
        : [];
    },
  );
  return { series: all, failed: [] };
}

function toSeries(
  { definition }: MetricQuery,
  parts: MetricDataResult[],
): FleetMetricSeries {
  const scale = definition.scale ?? 1;
  const points = parts.flatMap(({ Timestamps = [], Values = [] }) =>
    Timestamps.map((time, index) => ({ time, value: Values[index] })),
  );
  points.sort((a, b) => a.time.getTime() - b.time.getTime());
  return {
    seriesId: definition.seriesId,
    label: definition.label,
    coded: definition.coded,
    unit: definition.unit,
    statistic: definition.statistic,
    periodMs: definition.periodMs,
    times: points.map(point => point.time.toISOString()),
    values: points.map(({ value }) =>
      Number.isFinite(value) ? value * scale : null,
    ),
  };
}
