import type { FleetTarget } from '@cloudtrace/plugin-cloudtrace-common';

/**
 * A target of the launcher in the terms of the fleet model.
 *
 * @remarks
 * The launcher's own balancer has the states of a load balancer, but uses
 * `unavailable` for targets in a zone that was stopped: it knows that they do
 * not answer, whereas `unavailable` in the fleet model says that nobody checks.
 */
export function toFleetTarget(target: FleetTarget): FleetTarget {
  return target.state === 'unavailable'
    ? { ...target, state: 'unhealthy', vendorState: 'unavailable' }
    : target;
}
