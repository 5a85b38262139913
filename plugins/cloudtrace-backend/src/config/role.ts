import type { Config } from '@backstage/config';
import { InputError } from '@backstage/errors';

/**
 * What a replica does: everything; everything but ingest; or ingest alone, so
 * that it can have its own number of replicas.
 */
export type ReplicaRole = 'all' | 'portal' | 'ingest';

const ROLES: readonly string[] = ['all', 'portal', 'ingest'];

/** Reads `cloudtrace.role`. Throws `InputError` for an unknown one. */
export function readRole(root: Config): ReplicaRole {
  const role = root.getOptionalString('cloudtrace.role') ?? 'all';
  if (!ROLES.includes(role)) {
    throw new InputError(
      `cloudtrace.role must be ${ROLES.join(', ')}, but is '${role}'`,
    );
  }
  return role as ReplicaRole;
}
