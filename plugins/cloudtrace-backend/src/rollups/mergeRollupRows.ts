import { DurationHistogram } from '@cloudtrace/plugin-cloudtrace-common';
import type { RollupTableRow } from './database/readRollupRows';
import type { RollupRow } from './types';

/** What a row belongs to, as displayed. */
export type RollupGroup = Pick<
  RollupRow,
  'key' | 'label' | 'zone' | 'method' | 'route' | 'kind'
>;

/** Rows of a group, each at the index of its step; steps without requests are holes. */
interface GroupSteps {
  rows: RollupRow[];
  /** Steps with several rows; most have only one, which stays as read. */
  histograms: Map<number, DurationHistogram>;
}

/**
 * Adds up rows per group and bucket. Ordered by group, then time; rows of keys
 * without a group are skipped.
 */
export function mergeRollupRows(
  rows: readonly RollupTableRow[],
  groups: ReadonlyMap<number, RollupGroup>,
  options: { fromMs: number; stepMs: number },
): RollupRow[] {
  const byGroup = new Map<string, GroupSteps>();
  for (const row of rows) {
    const group = groups.get(row.keyId);
    if (!group) {
      continue;
    }
    const step = Math.floor((row.bucketMs - options.fromMs) / options.stepMs);
    const id = groupId(group);
    let own = byGroup.get(id);
    if (!own) {
      own = { rows: [], histograms: new Map() };
      byGroup.set(id, own);
    }
    if (own.rows[step]) {
      add(own, step, row);
    } else {
      // Copies each property explicitly: a spread over thousands of rows takes
      // most of the time.
      own.rows[step] = {
        key: group.key,
        label: group.label,
        zone: group.zone,
        method: group.method,
        route: group.route,
        kind: group.kind,
        bucket: new Date(options.fromMs + step * options.stepMs),
        requests: row.requests,
        errors: row.errors,
        durationSumUs: row.durationSumUs,
        durationMaxUs: row.durationMaxUs,
        histogram: row.histogram,
      };
    }
  }
  const result: RollupRow[] = [];
  for (const key of [...byGroup.keys()].sort()) {
    const own = byGroup.get(key)!;
    for (const [step, histogram] of own.histograms) {
      own.rows[step].histogram = histogram.encode();
    }
    own.rows.forEach(row => result.push(row));
  }
  return result;
}

/** Identifies a group: an instance or zone that does both kinds of work is two groups. */
export function groupId({
  key,
  kind,
}: Pick<RollupRow, 'key' | 'kind'>): string {
  return kind === undefined ? key : `${key}\0${kind}`;
}

function add(own: GroupSteps, step: number, row: RollupTableRow): void {
  const merged = own.rows[step];
  merged.requests += row.requests;
  merged.errors += row.errors;
  merged.durationSumUs += row.durationSumUs;
  merged.durationMaxUs = Math.max(merged.durationMaxUs, row.durationMaxUs);
  let histogram = own.histograms.get(step);
  if (!histogram) {
    histogram = DurationHistogram.decode(merged.histogram);
    own.histograms.set(step, histogram);
  }
  histogram.addEncoded(row.histogram);
}
