import { arrayBinding } from '../../database/arrayBinding';
import type { FleetMetricSeries } from '@cloudtrace/plugin-cloudtrace-common';
import type { Knex } from 'knex';
import { queryRows } from '../../database/queryRows';

/** Series of one resource. */
export interface ResourceMetrics {
  resourceId: number;
  series: readonly FleetMetricSeries[];
}

interface MetricPoint {
  resourceId: number;
  key: string;
  at: string;
  value: number;
}

/** An hour of a series with a changed point. */
interface MetricHourRow {
  resource_id: number;
  series_key: string;
  hour: Date;
}

/**
 * Stores the points of metric series and the hourly sums. A point that is
 * already stored is corrected.
 */
export async function recordMetrics(
  tx: Knex.Transaction,
  metrics: readonly ResourceMetrics[],
): Promise<void> {
  const points = pointsOf(metrics);
  if (points.length === 0) return;
  const changed = await queryRows<MetricHourRow>(
    tx,
    `WITH changed AS (
       INSERT INTO fleet_metrics AS m (resource_id, series_key, at, value)
       SELECT * FROM unnest(?::int4[], ?::text[], ?::timestamptz[], ?::float8[])
       ON CONFLICT (resource_id, series_key, at) DO UPDATE SET value = excluded.value
       WHERE m.value IS DISTINCT FROM excluded.value
       RETURNING m.resource_id, m.series_key, m.at
     )
     SELECT DISTINCT resource_id, series_key, date_bin('1 hour', at, 'epoch'::timestamptz) AS hour
       FROM changed ORDER BY 1, 2, 3`,
    [
      arrayBinding(points.map(p => p.resourceId)),
      arrayBinding(points.map(p => p.key)),
      arrayBinding(points.map(p => p.at)),
      arrayBinding(points.map(p => p.value)),
    ],
  );
  await sumHours(tx, changed);
}

/** Each point once, in the order in which every transaction stores them. */
function pointsOf(metrics: readonly ResourceMetrics[]): MetricPoint[] {
  const points = new Map<string, MetricPoint>();
  for (const { resourceId, series } of metrics) {
    for (const { seriesId, times, values } of series) {
      times.forEach((at, i) => {
        const value = values[i];
        if (!Number.isFinite(value) || Number.isNaN(Date.parse(at))) return;
        points.set(`${resourceId} ${seriesId} ${Date.parse(at)}`, {
          resourceId,
          key: seriesId,
          at,
          value: value as number,
        });
      });
    }
  }
  return [...points.keys()].sort().map(key => points.get(key)!);
}

/** Recalculates hourly sums from their points. */
async function sumHours(
  tx: Knex.Transaction,
  hours: readonly MetricHourRow[],
): Promise<void> {
  if (hours.length === 0) return;
  await tx.raw(
    `INSERT INTO fleet_metric_hours (resource_id, series_key, hour, points, sum, min, max)
     SELECT m.resource_id, m.series_key, changed.hour, count(*), sum(m.value), min(m.value), max(m.value)
       FROM unnest(?::int4[], ?::text[], ?::timestamptz[]) AS changed (resource_id, series_key, hour)
       JOIN fleet_metrics m
         ON m.resource_id = changed.resource_id AND m.series_key = changed.series_key
        AND m.at >= changed.hour AND m.at < changed.hour + interval '1 hour'
      GROUP BY 1, 2, 3
     ON CONFLICT (resource_id, series_key, hour) DO UPDATE SET
       points = excluded.points, sum = excluded.sum, min = excluded.min, max = excluded.max`,
    [
      arrayBinding(hours.map(row => row.resource_id)),
      arrayBinding(hours.map(row => row.series_key)),
      arrayBinding(hours.map(row => row.hour)),
    ],
  );
}
