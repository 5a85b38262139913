/**
 * What a target's state means for the service.
 *
 * - `serving`: gets requests and passes its health checks
 * - `failed`: was checked and failed
 * - `lost`: left, or its instance stopped or was terminated, without failing a
 *   check
 * - `leaving`: is being taken out of service
 * - `starting`: was not judged yet
 * - `not-in-use`: no load balancer sends it requests, so nothing checks it
 * - `not-measured`: should serve, but it is unknown whether it does
 *
 * @public
 */
export type TargetMeaning =
  | 'serving'
  | 'failed'
  | 'lost'
  | 'leaving'
  | 'starting'
  | 'not-in-use'
  | 'not-measured';

const byState: Record<string, TargetMeaning> = {
  healthy: 'serving',
  unhealthy: 'failed',
  draining: 'leaving',
  initial: 'starting',
  unused: 'not-in-use',
  gone: 'lost',
  unavailable: 'not-measured',
  unknown: 'not-measured',
};

/** Reasons of `unused` that concern the target, not its target group. */
const endedTargets: ReadonlySet<string> = new Set([
  'Target.InvalidState',
  'Target.NotRegistered',
  // Pods that ended and are not restarted.
  'Pod.Evicted',
  'Pod.Preempted',
  'Pod.NodeShutdown',
  'Pod.Rejected',
  'Pod.DeadlineExceeded',
  'Pod.Failed',
  'Pod.Completed',
]);

/**
 * The meaning of a target's state. Only a failed check is a failure: a target
 * that is not used, not measured or in an unknown state is neither healthy nor
 * failed.
 *
 * @param target - `state` is a {@link TargetState}, or `gone`
 * @public
 */
export function targetMeaning(target: {
  state: string;
  reasonCode?: string;
}): TargetMeaning {
  const { state, reasonCode = '' } = target;
  if (state === 'unused' && endedTargets.has(reasonCode)) return 'lost';
  return Object.hasOwn(byState, state) ? byState[state] : 'not-measured';
}
