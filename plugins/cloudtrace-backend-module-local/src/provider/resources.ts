import {
  CLOUDTRACE_ANNOTATIONS,
  readAnnotation,
  wordTexts,
  type FleetLocation,
  type FleetResource,
} from '@cloudtrace/plugin-cloudtrace-common';
import type { FleetScopeWithEntity } from '@cloudtrace/plugin-cloudtrace-node';
import type { LocalServiceDefinition } from '../protocol/types';

/** Id of the provider, as in resources and diagnostics. */
export const LOCAL_PROVIDER_ID = 'local';

const place = {
  provider: LOCAL_PROVIDER_ID,
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

/**
 * Where a service's resources belong and how that was found: by the entity's
 * annotations if these name the service, otherwise by the entity that the
 * service was started for, which is the local counterpart of a resource tag.
 */
export function locationsOf(
  service: LocalServiceDefinition,
  { entityRef, environment, entity }: FleetScopeWithEntity,
): FleetLocation[] {
  const named = [
    [CLOUDTRACE_ANNOTATIONS.autoScalingGroup, groupResource(service.name)],
    [CLOUDTRACE_ANNOTATIONS.targetGroup, targetGroupResource(service.name)],
    [CLOUDTRACE_ANNOTATIONS.dbInstance, databaseResource],
  ] as const;
  return named.map(([key, resource]) => {
    const value = readAnnotation(entity.metadata.annotations, key, environment);
    const byAnnotation =
      value === service.name ||
      (resource === databaseResource && value === `${service.name}-db`);
    return {
      scope: { entityRef, environment },
      resource,
      locator: byAnnotation ? 'annotation' : 'tag',
      ...wordTexts({
        detail: byAnnotation
          ? `${key}: ${value}`
          : { code: 'located-local', values: { service: service.name } },
      }),
    };
  });
}
