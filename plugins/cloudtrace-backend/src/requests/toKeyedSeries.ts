import type { KeyedSeries } from '@cloudtrace/plugin-cloudtrace-common';
import { tally } from './Tally';
import type { RollupResult } from './types';

/** Creates one series of points per rollup group, in the order of the groups. */
export function toKeyedSeries({ rows }: RollupResult): KeyedSeries[] {
  const series = new Map<string, KeyedSeries>();
  for (const row of rows) {
    const own = series.get(row.key) ?? {
      key: row.key,
      label: row.label,
      points: [],
    };
    own.points.push({
      t: row.bucket.toISOString(),
      requests: row.requests,
      errors: row.errors,
      p95Ms: tally([row]).percentileMs(0.95),
    });
    series.set(row.key, own);
  }
  return [...series.values()];
}
