import type { TargetState } from '@cloudtrace/plugin-cloudtrace-common';

/*
 * States of `DescribeTargetHealth`:
 * https://docs.aws.amazon.com/elasticloadbalancing/latest/APIReference/API_TargetHealth.html
 * Which load balancer uses which of them, and why, is in targetState.test.ts.
 */
const states: Record<string, TargetState> = {
  initial: 'initial',
  healthy: 'healthy',
  unhealthy: 'unhealthy',
  // Fails its checks; connections that are open get some time to end. It is not deregistered.
  'unhealthy.draining': 'unhealthy',
  unused: 'unused',
  draining: 'draining',
  unavailable: 'unavailable',
};

/** Maps a target's state of Elastic Load Balancing; new ones give `unknown`. */
export function targetState(vendorState: string | undefined): TargetState {
  const state = vendorState ?? '';
  return Object.hasOwn(states, state) ? states[state] : 'unknown';
}
