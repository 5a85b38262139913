import type { Entity } from '@backstage/catalog-model';
import {
  cloudtraceFleetReadPermission,
  cloudtraceRequestsReadPermission,
  cloudtraceSecurityReadPermission,
  type HiddenPart,
} from '@cloudtrace/plugin-cloudtrace-common';
import type { CallOptions } from '../http/types';
import type { EntityAccess } from './EntityAccess';

/** The parts of an entity, and the permission for each. */
export const partPermissions = [
  ['requests', cloudtraceRequestsReadPermission],
  ['fleet', cloudtraceFleetReadPermission],
  ['security', cloudtraceSecurityReadPermission],
] as const;

/** The parts of an entity that the caller may read, and those that stay hidden. */
export interface PartsAccess {
  parts: ReadonlySet<HiddenPart>;
  hidden: HiddenPart[];
}

/** An entity with the parts that the caller may read. */
export interface VisibleParts extends PartsAccess {
  entity: Entity;
}

const permissions = partPermissions.map(([, permission]) => permission);

/**
 * Returns the parts of an entity that the caller may read, and the hidden ones.
 *
 * @throws `NotFoundError` if the caller may read none of them
 */
export async function requireParts(
  access: EntityAccess,
  entityRef: string,
  { credentials }: CallOptions,
): Promise<PartsAccess> {
  const { allowed } = await access.requireEntityWithAny(
    entityRef,
    permissions,
    credentials,
  );
  return splitParts(allowed);
}

/** The same for many entities; `undefined` for those that the caller may not read at all. */
export async function findVisibleParts(
  access: EntityAccess,
  entityRefs: readonly string[],
  { credentials }: CallOptions,
): Promise<Array<VisibleParts | undefined>> {
  const found = await access.findVisible(entityRefs, permissions, credentials);
  return found.map(
    each => each && { entity: each.entity, ...splitParts(each.allowed) },
  );
}

function splitParts(allowed: readonly boolean[]): PartsAccess {
  const parts = partPermissions.map(([part]) => part);
  return {
    parts: new Set(parts.filter((_, i) => allowed[i])),
    hidden: parts.filter((_, i) => !allowed[i]),
  };
}
