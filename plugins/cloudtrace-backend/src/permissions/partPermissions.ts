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

/**
 * Returns the parts of an entity that the caller may read, and the hidden ones.
 *
 * @throws `NotFoundError` if the caller may read none of them
 */
export async function requireParts(
  access: EntityAccess,
  entityRef: string,
  { credentials }: CallOptions,
): Promise<{ parts: ReadonlySet<HiddenPart>; hidden: HiddenPart[] }> {
  const { allowed } = await access.requireEntityWithAny(
    entityRef,
    partPermissions.map(([, permission]) => permission),
    credentials,
  );
  const parts = new Set<HiddenPart>();
  const hidden: HiddenPart[] = [];
  partPermissions.forEach(([part], i) => {
    if (allowed[i]) parts.add(part);
    else hidden.push(part);
  });
  return { parts, hidden };
}
