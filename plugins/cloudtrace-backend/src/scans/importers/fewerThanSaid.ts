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
}): string | undefined {
  const { list, count, said } = options;
  const total = said.number();
  return total !== undefined && total > count
    ? `${said.path} says ${total}, but ${list.path} has ${count}`
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
): string | undefined {
  const total = sumOfCounts(counts);
  return count === 0 && total > 0
    ? `${counts.path} says ${total}, but ${list.path} has none`
    : undefined;
}

/** All numbers of an object such as `{ high: 2, low: 1 }`. */
export function sumOfCounts(counts: JsonReader): number {
  return counts
    .entries()
    .reduce((sum, [, count]) => sum + (count.number() ?? 0), 0);
}

/** Why a scan without a list is incomplete. */
export function missingList(list: JsonReader): string | undefined {
  return list.exists
    ? undefined
    : `The file has no list of results (${list.path}), so nothing is known about its findings`;
}
