import { arrayBinding } from '../../database/arrayBinding';
import type { FleetMetricSeries } from '@cloudtrace/plugin-cloudtrace-common';
import type { Knex } from 'knex';
import { queryRows } from '../../database/queryRows';

/** An hour of a series with a changed point. */
interface MetricHourRow {
  series_key: string;
  hour: Date;
}

/**
 * Stores the points of metric series and the hourly sums. A point that is
 * already stored is corrected.
 */
export async function recordMetrics(
  tx: Knex.Transaction,
  resourceId: number,
  series: readonly FleetMetricSeries[],
): Promise<void> {
  const points = new Map<string, { key: string; at: string; value: number }>();
  for (const { seriesId, times, values } of series) {
    times.forEach((at, i) => {
      const value = values[i];
      if (!Number.isFinite(value) || Number.isNaN(Date.parse(at))) return;
      points.set(`${seriesId} ${Date.parse(at)}`, {
        key: seriesId,
        at,
        value: value as number,
      });
    });
  }
  if (points.size === 0) return;
  const sorted = [...points.keys()].sort().map(key => points.get(key)!);
  const changed = await queryRows<MetricHourRow>(
    tx,
    `WITH changed AS (
       INSERT INTO fleet_metrics AS m (resource_id, series_key, at, value)
       SELECT ?::int4, * FROM unnest(?::text[], ?::timestamptz[], ?::float8[])
       ON CONFLICT (resource_id, series_key, at) DO UPDATE SET value = excluded.value
       WHERE m.value IS DISTINCT FROM excluded.value
       RETURNING m.series_key, m.at
     )
     SELECT DISTINCT series_key, date_bin('1 hour', at, 'epoch'::timestamptz) AS hour
       FROM changed ORDER BY 1, 2`,
    [
      resourceId,
      arrayBinding(sorted.map(p => p.key)),
      arrayBinding(sorted.map(p => p.at)),
      arrayBinding(sorted.map(p => p.value)),
    ],
  );
  await sumHours(tx, resourceId, changed);
}

/** Recalculates hourly sums from their points. */
async function sumHours(
  tx: Knex.Transaction,
  resourceId: number,
  hours: readonly MetricHourRow[],
): Promise<void> {
  if (hours.length === 0) return;
  await tx.raw(
    `INSERT INTO fleet_metric_hours (resource_id, series_key, hour, points, sum, min, max)
     SELECT m.resource_id, m.series_key, changed.hour, count(*), sum(m.value), min(m.value), max(m.value)
       FROM unnest(?::text[], ?::timestamptz[]) AS changed (series_key, hour)
       JOIN fleet_metrics m
         ON m.resource_id = ?::int4 AND m.series_key = changed.series_key
        AND m.at >= changed.hour AND m.at < changed.hour + interval '1 hour'
      GROUP BY 1, 2, 3
     ON CONFLICT (resource_id, series_key, hour) DO UPDATE SET
       points = excluded.points, sum = excluded.sum, min = excluded.min, max = excluded.max`,
    [
      arrayBinding(hours.map(({ series_key: key }) => key)),
      arrayBinding(hours.map(({ hour }) => hour)),
      resourceId,
    ],
  );
}
