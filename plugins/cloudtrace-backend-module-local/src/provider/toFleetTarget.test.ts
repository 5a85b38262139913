import {
  targetMeaning,
  type TargetMeaning,
  type TargetState,
} from '@cloudtrace/plugin-cloudtrace-common';
import { toFleetTarget } from './toFleetTarget';

/**
 * The states of the launcher's load balancer: launcher/balancer/targetHealth.ts
 * and TargetPool.ts.
 */
const table: Array<[TargetState, string | undefined, TargetMeaning]> = [
  ['initial', 'Elb.InitialHealthChecking', 'starting'],
  ['healthy', undefined, 'serving'],
  ['unhealthy', 'Target.Timeout', 'failed'],
  ['unhealthy', 'Target.ResponseCodeMismatch', 'failed'],
  ['unhealthy', 'Target.FailedHealthChecks', 'failed'],
  ['draining', 'Target.DeregistrationInProgress', 'leaving'],
  ['unavailable', 'Local.ZoneStopped', 'failed'],
];

it.each(table)('a local target that is %s (%s) is %s', (...row) => {
  const [state, reasonCode, meaning] = row;
  const target = toFleetTarget({ targetId: 'a:80', state, reasonCode });
  expect(targetMeaning(target)).toBe(meaning);
  expect(target.vendorState ?? target.state).toBe(state);
});
