import type { FleetResource } from '@cloudtrace/plugin-cloudtrace-common';
import type { LocalServiceDefinition } from '../protocol/types';

/** Id of the provider, as in resources and diagnostics. */
export const localProviderId = 'local';

const place = {
  provider: localProviderId,
  account: 'local fleet',
  region: 'local',
} as const;

/** The database pair that all services share. */
export const databaseResource: FleetResource = {
  ...place,
  id: 'database',
  type: 'db-cluster',
  name: 'Local PostgreSQL pair',
};

/** The scaling group of a service. */
export function groupResource(service: string): FleetResource {
  return {
    ...place,
    id: `group/${service}`,
    type: 'auto-scaling-group',
    name: `${service} (local)`,
  };
}

/** The targets of a service behind its load balancer. */
export function targetGroupResource(service: string): FleetResource {
  return {
    ...place,
    id: `target-group/${service}`,
    type: 'target-group',
    name: `${service} targets (local)`,
  };
}

/** Everything that belongs to a service. */
export function resourcesOf(service: LocalServiceDefinition): FleetResource[] {
  return [
    groupResource(service.name),
    targetGroupResource(service.name),
    databaseResource,
  ];
}
