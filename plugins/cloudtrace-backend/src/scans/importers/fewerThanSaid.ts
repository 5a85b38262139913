import type { CodedMessage } from '@cloudtrace/plugin-cloudtrace-common';
import type { JsonReader } from './JsonReader';

/**
 * Returns why a scan is incomplete if its document counts more results than it
 * lists: the list was cut or filtered, and the missing results are unknown.
 */
export function fewerThanSaid(options: {
  list: JsonReader;
  /** How many the list has. */
  count: number;
  /** The document's own count; without a count, the list is not in doubt. */
  said: JsonReader;
}): CodedMessage | undefined {
  const { list, count, said } = options;
  const total = said.number();
  return total !== undefined && total > count
    ? {
        code: 'scan-fewer-results',
        values: { counts: said.path, total, list: list.place, results: count },
      }
    : undefined;
}

/**
 * The same for documents that count by severity and count something other than
 * the list contains, such as dependency paths: only an empty list contradicts
 * them.
 */
export function emptyAlthoughCounted(
  list: JsonReader,
  counts: JsonReader,
  count: number,
): CodedMessage | undefined {
  const total = sumOfCounts(counts);
  return count === 0 && total > 0
    ? {
        code: 'scan-no-results',
        values: { counts: counts.path, total, list: list.place },
      }
    : undefined;
}

/** All numbers of an object such as `{ high: 2, low: 1 }`. */
export function sumOfCounts(counts: JsonReader): number {
  return counts
    .entries()
    .reduce((sum, [, count]) => sum + (count.number() ?? 0), 0);
}

/** Why a scan without a list is incomplete. */
export function missingList(list: JsonReader): CodedMessage | undefined {
  return list.exists
    ? undefined
    : { code: 'scan-no-list', values: { list: list.place } };
}
