import { arrayBinding } from '../../arrayBinding';
import type { FleetMetricSeries } from '@cloudtrace/plugin-cloudtrace-common';
import type { Knex } from 'knex';

/** Stores the points of metric series; a point that came before is corrected. */
export async function recordMetrics(
  tx: Knex.Transaction,
  resourceId: number,
  series: readonly FleetMetricSeries[],
): Promise<void> {
  const points = new Map<string, { key: string; at: string; value: number }>();
  for (const { seriesId, times, values } of series) {
    times.forEach((at, i) => {
      const value = values[i];
      if (typeof value !== 'number' || Number.isNaN(Date.parse(at))) return;
      points.set(`${seriesId} ${Date.parse(at)}`, { key: seriesId, at, value });
    });
  }
  if (points.size === 0) return;
  const sorted = [...points.keys()].sort().map(key => points.get(key)!);
  await tx.raw(
    `INSERT INTO fleet_metrics AS m (resource_id, series_key, at, value)
     SELECT ?::int4, * FROM unnest(?::text[], ?::timestamptz[], ?::float8[])
     ON CONFLICT (resource_id, series_key, at) DO UPDATE SET value = excluded.value
     WHERE m.value IS DISTINCT FROM excluded.value`,
    [
      resourceId,
      arrayBinding(sorted.map(p => p.key)),
      arrayBinding(sorted.map(p => p.at)),
      arrayBinding(sorted.map(p => p.value)),
    ],
  );
}
