import { parseEntityRef, stringifyEntityRef } from '@backstage/catalog-model';
import { InputError } from '@backstage/errors';
import { isEntityRef } from '../../http/isEntityRef';

const environmentName = /^[A-Za-z0-9]([A-Za-z0-9._-]{0,61}[A-Za-z0-9])?$/;

/** Reads entity and environment from the query of an upload; the ref is in lower case. */
export function readTarget(query: Record<string, unknown>): {
  entityRef?: string;
  environment?: string;
} {
  const { entity, environment } = query;
  if (
    environment !== undefined &&
    (typeof environment !== 'string' || !environmentName.test(environment))
  ) {
    throw new InputError(
      "Invalid query parameter 'environment': use one name of letters, digits, '.', '_' and '-'",
    );
  }
  return {
    entityRef: entity === undefined ? undefined : readEntityRef(entity),
    environment,
  };
}

function readEntityRef(entity: unknown): string {
  try {
    if (typeof entity !== 'string') throw new Error();
    const parts = parseEntityRef(entity);
    if (!isEntityRef(parts)) throw new Error();
    return stringifyEntityRef(parts);
  } catch {
    throw new InputError(
      "Invalid query parameter 'entity': use one entity ref, such as component:default/shop",
    );
  }
}
