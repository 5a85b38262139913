import type { LoadGroup } from '@cloudtrace/plugin-cloudtrace-common';
import type { SortValue } from '../../lib/sortRows';
import { rankOf } from './nameKinds';

/** Sortable columns of the table of groups. */
export const SORT_COLUMNS = [
  'group',
  'zone',
  'share',
  'requests',
  'errors',
  'p50',
  'p95',
  'p99',
  'since',
] as const;

export type SortColumn = (typeof SORT_COLUMNS)[number];

/** A column and its direction. */
export interface GroupSort {
  column: SortColumn;
  descending: boolean;
}

export const DEFAULT_SORT: GroupSort = { column: 'share', descending: true };

/** Reads `-share` (descending) or `group` (ascending) from the URL. */
export function parseSort(value: string | null): GroupSort {
  const descending = value?.startsWith('-') ?? false;
  const name = descending ? value?.slice(1) : value;
  const column = SORT_COLUMNS.find(item => item === name);
  return column ? { column, descending } : DEFAULT_SORT;
}

/** What a column sorts groups by; `undefined` is unknown. */
export function sortValueOf(group: LoadGroup, column: SortColumn): SortValue {
  switch (column) {
    case 'group':
      return group.label;
    case 'zone':
      return group.zone;
    case 'errors':
      return group.errorRate ?? 0;
    case 'since':
      return group.firstSeenAt;
    case 'p50':
    case 'p95':
    case 'p99':
      return group.latencyMs[column];
    default:
      return group[column];
  }
}

/**
 * Sorts a copy; groups without a value come last in both directions. Groups of
 * one kind of work stay together, since their shares are of different totals.
 */
export function sortGroups<T extends LoadGroup>(
  groups: T[],
  sort: GroupSort,
): T[] {
  const sign = sort.descending ? -1 : 1;
  return [...groups].sort((a, b) => {
    const byKind = rankOf(a) - rankOf(b);
    if (byKind !== 0) return byKind;
    const left = sortValueOf(a, sort.column);
    const right = sortValueOf(b, sort.column);
    if (left === undefined || right === undefined) {
      return Number(left === undefined) - Number(right === undefined);
    }
    const order =
      typeof left === 'string' || typeof right === 'string'
        ? String(left).localeCompare(String(right))
        : left - right;
    return order * sign || a.key.localeCompare(b.key);
  });
}
