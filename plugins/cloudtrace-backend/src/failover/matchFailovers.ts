import { createHash } from 'node:crypto';
import type {
  FailureSpan,
  FoundFailover,
  StoredFailover,
} from './database/rows';

/** A stored failover with the ids that merged into it. */
export interface KnownFailover {
  failover: StoredFailover;
  aliases: readonly string[];
}

/** How to update the stored failovers. */
export interface FailoverMatches {
  /** Failovers to write, with the ids to keep. */
  write: Array<{
    failover: StoredFailover;
    aliases: string[];
    /** Shares no failure with a known failover. */
    isNew: boolean;
    /** The same episode as stored before. */
    before?: StoredFailover;
  }>;
  /** Ids of stored failovers that merged into others or are no longer found. */
  remove: string[];
}

/**
 * Matches found episodes with stored ones. They are the same if they share a
 * failure at the same time, even if kind or beginning changed. A failover
 * detected before `since` changes only if the found episode reaches at least as
 * far back, because the history before that time was read only in part.
 */
export function matchFailovers(options: {
  scope: { entityRef: string; environment: string };
  since: Date;
  known: readonly KnownFailover[];
  found: readonly FoundFailover[];
}): FailoverMatches {
  const { scope, known } = options;
  const since = options.since.getTime();
  const protectedIds = new Set<string>();
  const usable = options.found.filter(found => {
    const own = known.filter(({ failover }) => countShared(failover, found));
    const cutOff = own.some(
      ({ failover }) =>
        detectionOf(failover) < since &&
        detectionOf(failover) < detectionOf(found),
    );
    if (cutOff) own.forEach(({ failover }) => protectedIds.add(idOf(failover)));
    return !cutOff && (own.length > 0 || detectionOf(found) >= since);
  });

  const pairs = usable
    .flatMap((found, index) =>
      known.map(item => ({
        item,
        index,
        id: idOf(item.failover),
        shared: countShared(item.failover, found),
      })),
    )
    .filter(({ shared, id }) => shared > 0 && !protectedIds.has(id))
    .sort(
      (a, b) =>
        b.shared - a.shared ||
        detectionOf(a.item.failover) - detectionOf(b.item.failover) ||
        a.index - b.index ||
        (a.id < b.id ? -1 : 1),
    );
  const kept = new Map<number, KnownFailover>();
  const claimed = new Set<string>();
  for (const { index, item, id } of pairs) {
    if (kept.has(index) || claimed.has(id)) continue;
    kept.set(index, item);
    claimed.add(id);
  }
  const merged = new Map<number, KnownFailover[]>();
  for (const { index, item, id } of pairs) {
    if (claimed.has(id)) continue;
    merged.set(index, [...(merged.get(index) ?? []), item]);
    claimed.add(id);
  }

  const taken = new Set(
    known.flatMap(({ failover, aliases }) => [idOf(failover), ...aliases]),
  );
  const write = usable.map((found, index) => {
    const same = kept.get(index);
    const failoverId = same
      ? idOf(same.failover)
      : newId({ scope, found, taken });
    taken.add(failoverId);
    const others = merged.get(index) ?? [];
    return {
      failover: { ...found, summary: { ...found.summary, failoverId } },
      aliases: [
        ...new Set([
          ...(same?.aliases ?? []),
          ...others.flatMap(({ failover, aliases }) => [
            idOf(failover),
            ...aliases,
          ]),
        ]),
      ].sort(),
      isNew: !pairs.some(pair => pair.index === index),
      before: same?.failover,
    };
  });
  const written = new Set(write.map(({ failover }) => idOf(failover)));
  const mergedIds = new Set(
    [...merged.values()].flat().map(({ failover }) => idOf(failover)),
  );
  return {
    write,
    remove: known
      .map(({ failover }) => failover)
      .filter(
        failover =>
          mergedIds.has(idOf(failover)) ||
          (detectionOf(failover) >= since &&
            !written.has(idOf(failover)) &&
            !protectedIds.has(idOf(failover))),
      )
      .map(idOf),
  };
}

function idOf({ summary }: StoredFailover): string {
  return summary.failoverId;
}

function detectionOf({ summary }: FoundFailover): number {
  return Date.parse(summary.detectedAt);
}

/** Counts the failures that are in both, at overlapping times. */
function countShared(stored: FoundFailover, found: FoundFailover): number {
  if (!stored.failures) return Number(isSameSubject(stored, found));
  return stored.failures.filter(mine =>
    found.failures?.some(
      other => other.key === mine.key && overlap(mine, other),
    ),
  ).length;
}

/** For failovers of earlier versions, which stored no failures. */
function isSameSubject(stored: FoundFailover, found: FoundFailover): boolean {
  const [mine, other] = [stored.summary, found.summary];
  return (
    mine.subject.kind === other.subject.kind &&
    mine.subject.key === other.subject.key &&
    overlap(
      { from: mine.detectedAt, to: mine.recoveredAt },
      { from: other.detectedAt, to: other.recoveredAt },
    )
  );
}

type Span = Pick<FailureSpan, 'from' | 'to'>;

function overlap(a: Span, b: Span): boolean {
  const start = Math.max(Date.parse(a.from), Date.parse(b.from));
  return [a, b].every(({ to }) => !to || Date.parse(to) >= start);
}

/** Returns the same id on every replica, or another one if an earlier episode already has it. */
function newId(options: {
  scope: { entityRef: string; environment: string };
  found: FoundFailover;
  taken: ReadonlySet<string>;
}): string {
  const { scope, found, taken } = options;
  const { subject } = found.summary;
  for (let attempt = 0; ; attempt += 1) {
    const parts = [
      scope.entityRef,
      scope.environment,
      subject.kind,
      subject.key,
      detectionOf(found),
      ...(attempt > 0 ? [attempt] : []),
    ];
    const id = createHash('sha256')
      .update(JSON.stringify(parts))
      .digest('hex')
      .slice(0, 32);
    if (!taken.has(id)) return id;
  }
}
