import type { TargetHistory } from './describeTarget';

/**
 * Returns from when on within a range the number of targets is known;
 * `undefined` if it never was. Before that, no targets in the store means that
 * nothing polled, not that the group was empty.
 */
export function observedSince(options: {
  targets: ReadonlyArray<Pick<TargetHistory, 'intervals'>>;
  /** When the group was discovered. */
  firstSeenAt: Date;
  /** Last successful read of its targets; `undefined` if they were never read. */
  lastReadAt: Date | undefined;
  from: Date;
}): Date | undefined {
  const { targets, firstSeenAt, lastReadAt, from } = options;
  // A group that was known before the range was polled at its start, unless
  // reading it always failed.
  if (lastReadAt && firstSeenAt <= from) return from;
  const starts = targets.flatMap(({ intervals }) =>
    intervals
      .filter(({ state }) => state !== 'no-data')
      .slice(0, 1)
      .map(interval => interval.from.getTime()),
  );
  const [first] = starts.sort((a, b) => a - b);
  if (first !== undefined) return new Date(first);
  // It was read, and was empty.
  return lastReadAt && firstSeenAt;
}
