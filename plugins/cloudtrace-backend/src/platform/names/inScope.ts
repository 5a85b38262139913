import { InputError } from '@backstage/errors';
import { parseEntityRef, stringifyEntityRef } from '@backstage/catalog-model';
import type { PlatformScope } from '@cloudtrace/plugin-cloudtrace-common';

/** The owners and systems of an entity. */
export interface Membership {
  owners: readonly string[];
  systems: readonly string[];
}

/** Whether a platform token with this scope may send requests of the entity. */
export function inScope(scope: PlatformScope, entity: Membership): boolean {
  return (
    scope.all === true ||
    entity.owners.some(ref => scope.owners?.includes(ref)) ||
    entity.systems.some(ref => scope.systems?.includes(ref))
  );
}

/**
 * Returns the scope with complete entity refs.
 *
 * @throws `InputError` if it names nothing, or both all and some
 */
export function normalizeScope(scope: PlatformScope): PlatformScope {
  const { all, owners, systems } = scope;
  const some = owners !== undefined || systems !== undefined;
  if (all === some || (!all && !some)) {
    throw new InputError(
      "The scope must be either 'all', or 'owners', 'systems' or both",
    );
  }
  if (all) return { all: true };
  return {
    ...(owners ? { owners: owners.map(ref => completeRef(ref, 'group')) } : {}),
    ...(systems
      ? { systems: systems.map(ref => completeRef(ref, 'system')) }
      : {}),
  };
}

function completeRef(ref: string, defaultKind: string): string {
  try {
    return stringifyEntityRef(
      parseEntityRef(ref, { defaultKind, defaultNamespace: 'default' }),
    );
  } catch {
    throw new InputError(
      `'${ref}' is not an entity ref such as ${defaultKind}:default/shop`,
    );
  }
}
