import type { TargetState } from '@cloudtrace/plugin-cloudtrace-common';

/** What the choice needs to know about a target. */
export interface Candidate {
  id: string;
  state: TargetState;
  /** Requests it is handling now. */
  outstanding: number;
}

/**
 * Chooses where the next request goes: the healthy target with the fewest
 * outstanding requests, and among equals the next one in turn.
 *
 * @remarks
 * Where no target is healthy, every one that might answer is tried ("fail
 * open"): a health check that is wrong must not take a working service down.
 *
 * @param turn - a number that grows by one with each request
 * @param tried - targets that failed this request already
 */
export function chooseTarget<T extends Candidate>(
  targets: T[],
  turn: number,
  tried: ReadonlySet<string> = new Set(),
): T | undefined {
  const open = targets.filter(target => !tried.has(target.id));
  const healthy = open.filter(target => target.state === 'healthy');
  const candidates = healthy.length
    ? healthy
    : open.filter(
        target => target.state === 'unhealthy' || target.state === 'initial',
      );
  if (!candidates.length) return undefined;
  const fewest = Math.min(...candidates.map(target => target.outstanding));
  const equals = candidates.filter(target => target.outstanding === fewest);
  return equals[turn % equals.length];
}
