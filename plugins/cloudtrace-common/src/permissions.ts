import { RESOURCE_TYPE_CATALOG_ENTITY } from '@backstage/plugin-catalog-common/alpha';
import { createPermission } from '@backstage/plugin-permission-common';

/**
 * Allows reading the requests of an entity: load distribution, single requests
 * and their latencies.
 *
 * @remarks All CloudTrace permissions except `cloudtrace.platform.manage` are
 * resource permissions on the catalog entity, so that policies can use catalog
 * rules such as `IS_ENTITY_OWNER`.
 *
 * @public
 */
export const cloudtraceRequestsReadPermission = createPermission({
  name: 'cloudtrace.requests.read',
  attributes: { action: 'read' },
  resourceType: RESOURCE_TYPE_CATALOG_ENTITY,
});

/** Allows reading health, scaling, failover and metrics of an entity. @public */
export const cloudtraceFleetReadPermission = createPermission({
  name: 'cloudtrace.fleet.read',
  attributes: { action: 'read' },
  resourceType: RESOURCE_TYPE_CATALOG_ENTITY,
});

/** Allows reading the security scans and findings of an entity. @public */
export const cloudtraceSecurityReadPermission = createPermission({
  name: 'cloudtrace.security.read',
  attributes: { action: 'read' },
  resourceType: RESOURCE_TYPE_CATALOG_ENTITY,
});

/** Allows accepting risks and marking findings of an entity as false positives. @public */
export const cloudtraceSecurityTriagePermission = createPermission({
  name: 'cloudtrace.security.triage',
  attributes: { action: 'update' },
  resourceType: RESOURCE_TYPE_CATALOG_ENTITY,
});

/** Allows listing, creating and revoking the ingest tokens of an entity. @public */
export const cloudtraceTokenManagePermission = createPermission({
  name: 'cloudtrace.token.manage',
  attributes: { action: 'update' },
  resourceType: RESOURCE_TYPE_CATALOG_ENTITY,
});

/**
 * Allows managing platform tokens, listing services that no entity claims, and
 * assigning them to entities.
 *
 * @remarks Not a resource permission: a platform token can send requests of
 * every service. Give it to the operators of the platform only.
 *
 * @public
 */
export const cloudtracePlatformManagePermission = createPermission({
  name: 'cloudtrace.platform.manage',
  attributes: { action: 'update' },
});

/** Every permission of CloudTrace, for registration and documentation. @public */
export const cloudtracePermissions = [
  cloudtraceRequestsReadPermission,
  cloudtraceFleetReadPermission,
  cloudtraceSecurityReadPermission,
  cloudtraceSecurityTriagePermission,
  cloudtraceTokenManagePermission,
  cloudtracePlatformManagePermission,
];
