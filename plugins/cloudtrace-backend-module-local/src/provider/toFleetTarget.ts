import type { FleetTarget } from '@cloudtrace/plugin-cloudtrace-common';

/**
 * Converts a target of the launcher to the fleet model.
 *
 * @remarks The launcher's own load balancer has the states of a load balancer,
 * but uses `unavailable` for targets in a stopped zone: it knows that they do
 * not respond. In the fleet model, `unavailable` means that no one checks.
 */
export function toFleetTarget(target: FleetTarget): FleetTarget {
  return target.state === 'unavailable'
    ? { ...target, state: 'unhealthy', vendorState: 'unavailable' }
    : target;
}
