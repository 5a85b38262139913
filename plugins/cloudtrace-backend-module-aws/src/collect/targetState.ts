import type { TargetState } from '@cloudtrace/plugin-cloudtrace-common';

/*
 * States of `DescribeTargetHealth`:
 * https://docs.aws.amazon.com/elasticloadbalancing/latest/APIReference/API_TargetHealth.html
 * targetState.test.ts lists which load balancer uses which state, and why.
 */
const states: Record<string, TargetState> = {
  initial: 'initial',
  healthy: 'healthy',
  unhealthy: 'unhealthy',
  // Fails its checks; open connections get some time to end. It stays registered.
  'unhealthy.draining': 'unhealthy',
  unused: 'unused',
  draining: 'draining',
  unavailable: 'unavailable',
};

/** Maps a target's state of Elastic Load Balancing; new ones become `unknown`. */
export function targetState(vendorState: string | undefined): TargetState {
  const state = vendorState ?? '';
  return Object.hasOwn(states, state) ? states[state] : 'unknown';
}
