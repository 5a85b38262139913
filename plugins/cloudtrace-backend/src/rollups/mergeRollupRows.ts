import { DurationHistogram } from '@cloudtrace/plugin-cloudtrace-common';
import type { RollupTableRow } from '../database/operations/rollups/readRollupRows';
import type { RollupRow } from '../requests/types';

/** What a row belongs to, as it is shown. */
export type RollupGroup = Pick<
  RollupRow,
  'key' | 'label' | 'zone' | 'method' | 'route'
>;

interface Merged {
  row: RollupRow;
  /** Made when a second row comes; most rows stay as they were read. */
  histogram: DurationHistogram | undefined;
}

/**
 * Adds up rows per group and bucket. Ordered by group, then time; rows of keys
 * without a group are left out.
 */
export function mergeRollupRows(
  rows: readonly RollupTableRow[],
  groups: ReadonlyMap<number, RollupGroup>,
  options: { fromMs: number; stepMs: number },
): RollupRow[] {
  const byGroup = new Map<string, Map<number, Merged>>();
  for (const row of rows) {
    const group = groups.get(row.keyId);
    if (!group) {
      continue;
    }
    const step = Math.floor((row.bucketMs - options.fromMs) / options.stepMs);
    let buckets = byGroup.get(group.key);
    if (!buckets) {
      buckets = new Map();
      byGroup.set(group.key, buckets);
    }
    const merged = buckets.get(step);
    if (merged) {
      add(merged, row);
    } else {
      const { requests, errors, durationSumUs, durationMaxUs } = row;
      buckets.set(step, {
        histogram: undefined,
        // Each property by name: of thousands of rows, a spread takes most of the time.
        row: {
          key: group.key,
          label: group.label,
          zone: group.zone,
          method: group.method,
          route: group.route,
          bucket: new Date(options.fromMs + step * options.stepMs),
          requests,
          errors,
          durationSumUs,
          durationMaxUs,
          histogram: row.histogram,
        },
      });
    }
  }
  return [...byGroup.keys()].sort().flatMap(key =>
    [...byGroup.get(key)!.entries()]
      .sort(([a], [b]) => a - b)
      .map(([, { row, histogram }]) => {
        if (histogram) row.histogram = histogram.encode();
        return row;
      }),
  );
}

function add(merged: Merged, row: RollupTableRow): void {
  merged.row.requests += row.requests;
  merged.row.errors += row.errors;
  merged.row.durationSumUs += row.durationSumUs;
  merged.row.durationMaxUs = Math.max(
    merged.row.durationMaxUs,
    row.durationMaxUs,
  );
  merged.histogram ??= DurationHistogram.decode(merged.row.histogram);
  merged.histogram.addEncoded(row.histogram);
}
