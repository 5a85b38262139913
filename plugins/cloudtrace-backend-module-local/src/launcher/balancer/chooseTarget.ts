import type { TargetState } from '@cloudtrace/plugin-cloudtrace-common';

/** The facts about a target that determine the choice. */
export interface Candidate {
  id: string;
  state: TargetState;
  /** Requests in flight. */
  outstanding: number;
}

/**
 * Chooses where the next request goes: the healthy target with the fewest
 * outstanding requests, and among equals the next one in turn.
 *
 * @remarks If no target is healthy, this tries every one that might respond
 * ("fail open"): a wrong health check must not take a working service down.
 *
 * @param turn - a number that grows by one with each request
 * @param tried - targets on which this request already failed
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
