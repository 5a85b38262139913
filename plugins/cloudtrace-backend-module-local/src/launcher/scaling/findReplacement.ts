import type { GroupMember } from './GroupMember';
import type { GroupTiming } from './types';

/**
 * Why an instance must be replaced, in words; undefined if it may stay.
 *
 * @remarks Replaces a running instance only while another one is healthy. If
 * none is, a shared dependency is broken, and new instances would fail in the
 * same way.
 */
export function findReplacement(
  member: GroupMember,
  options: { nowMs: number; timing: GroupTiming; othersHealthy: boolean },
): string | undefined {
  const { nowMs, timing, othersHealthy } = options;
  const { state, health } = member.target;
  const stateForMs = nowMs - health.sinceMs;
  if (state === 'unavailable') {
    return stateForMs >= timing.replaceDeadAfterMs
      ? health.reason ?? 'its zone is not running'
      : undefined;
  }
  if (state !== 'unhealthy') return undefined;
  const why = `its target has been unhealthy for ${Math.round(
    stateForMs / 1000,
  )} s (${health.reason ?? health.reasonCode})`;
  if (member.process.hasExited()) {
    return stateForMs >= timing.replaceDeadAfterMs
      ? `its process ended and ${why}`
      : undefined;
  }
  return othersHealthy && stateForMs >= timing.replaceUnhealthyAfterMs
    ? why
    : undefined;
}
