import type { RollupResult, RollupRow } from './types';

/** Rows of each group, in the order of the groups. */
export function groupRows(
  rows: readonly RollupRow[],
): Map<string, RollupRow[]> {
  return collect(rows, row => row.key);
}

/** Rows of each bucket, by its start in milliseconds since the epoch. */
export function byBucket(rows: readonly RollupRow[]): Map<number, RollupRow[]> {
  return collect(rows, row => row.bucket.getTime());
}

/** Starts of the steps up to a moment, in milliseconds since the epoch. */
export function stepsOf(
  { from, stepMs }: Pick<RollupResult, 'from' | 'stepMs'>,
  until: Date,
): number[] {
  const steps: number[] = [];
  for (let t = from.getTime(); t < until.getTime(); t += stepMs) steps.push(t);
  return steps;
}

function collect<K>(rows: readonly RollupRow[], keyOf: (row: RollupRow) => K) {
  const groups = new Map<K, RollupRow[]>();
  for (const row of rows) {
    const key = keyOf(row);
    const group = groups.get(key);
    if (group) group.push(row);
    else groups.set(key, [row]);
  }
  return groups;
}
