import {
  groupBy,
  availabilityOf,
  targetIntervals,
  type ObservationGap,
} from '@cloudtrace/plugin-cloudtrace-common';
import type { LostZoneRow } from './database/readLostZones';
import type { ObservedRange, TargetHistory } from './describeTarget';

/** A period in which a zone had no target because its last one failed. */
export interface LostTime {
  zone: string;
  observedMs: number;
  healthyMs: number;
}

/**
 * Returns the periods in which zones had no target because the last one failed
 * and left. Such a period counts as one failing target. Otherwise the loss of a
 * zone would not lower its availability.
 */
export function lostTimes(
  targets: readonly TargetHistory[],
  lostZones: ReadonlyArray<Pick<LostZoneRow, 'zone' | 'lostAt'>>,
  gaps: ObservationGap[],
  range: ObservedRange,
): LostTime[] {
  const byZone = groupBy(targets, ({ last }) => last.zone ?? '');
  const lost = [
    ...[...byZone].flatMap(([zone, own]) =>
      zone ? emptyAfterFailure(own).map(time => ({ zone, ...time })) : [],
    ),
    // Zones lost before the range have no targets within it.
    ...lostZones
      .filter(({ zone }) => !byZone.has(zone))
      .map(({ zone, lostAt }) => ({ zone, from: lostAt, to: undefined })),
  ];
  return lost.map(({ zone, from, to }) => {
    const changes = [
      { at: from, state: 'unhealthy' },
      ...(to ? [{ at: to, state: 'gone' }] : []),
    ];
    const intervals = targetIntervals(changes, gaps, range);
    return { zone, ...availabilityOf(intervals, range.until) };
  });
}

/** A period in which a target existed, and whether it ended with a failure. */
interface Stay {
  fromMs: number;
  /** Infinity while it exists. */
  toMs: number;
  failed: boolean;
}

/** Periods without any target that began when a failing one left. */
function emptyAfterFailure(
  targets: readonly TargetHistory[],
): Array<{ from: Date; to?: Date }> {
  const stays = targets
    .flatMap(({ rows }) => staysOf(rows))
    .sort((a, b) => a.fromMs - b.fromMs);
  const empty: Array<{ from: Date; to?: Date }> = [];
  let last: Stay | undefined;
  for (const stay of stays) {
    if (last?.failed && stay.fromMs > last.toMs) {
      empty.push({ from: new Date(last.toMs), to: new Date(stay.fromMs) });
    }
    if (!last || stay.toMs >= last.toMs) last = stay;
  }
  if (last?.failed && last.toMs < Infinity) {
    empty.push({ from: new Date(last.toMs) });
  }
  return empty;
}

function staysOf(rows: TargetHistory['rows']): Stay[] {
  const stays: Stay[] = [];
  let stay: Stay | undefined;
  for (const { state, at } of rows) {
    if (state === 'gone') {
      if (stay) stay.toMs = at.getTime();
      stay = undefined;
      continue;
    }
    if (!stay) {
      stay = { fromMs: at.getTime(), toMs: Infinity, failed: false };
      stays.push(stay);
    }
    if (state === 'healthy' || state === 'unhealthy') {
      stay.failed = state === 'unhealthy';
    }
  }
  return stays;
}
