import { groupBy, type LoadKind } from '@cloudtrace/plugin-cloudtrace-common';
import { groupId } from '../rollups/mergeRollupRows';
import type { RollupRow } from '../rollups/types';
import type { RollupResult } from './types';

/** Rows of each group, by its {@link groupId}, in the order of the groups. */
export function byGroup(rows: readonly RollupRow[]): Map<string, RollupRow[]> {
  return groupBy(rows, groupId);
}

/** Rows of each kind of work; omits rows without a kind, such as those of routes. */
export function byKind(rows: readonly RollupRow[]): Map<LoadKind, RollupRow[]> {
  return groupBy(rows, row => row.kind);
}

/** Rows of each bucket, by its start in milliseconds since the epoch. */
export function byBucket(rows: readonly RollupRow[]): Map<number, RollupRow[]> {
  return groupBy(rows, row => row.bucket.getTime());
}

/** Starts of the steps before a time, in milliseconds since the epoch. */
export function stepsOf(
  { from, stepMs }: Pick<RollupResult, 'from' | 'stepMs'>,
  until: Date,
): number[] {
  const steps: number[] = [];
  for (let t = from.getTime(); t < until.getTime(); t += stepMs) steps.push(t);
  return steps;
}
