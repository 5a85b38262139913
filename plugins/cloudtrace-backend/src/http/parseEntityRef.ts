import { stringifyEntityRef } from '@backstage/catalog-model';

/**
 * Returns the entity ref of the path's kind, namespace and name, in lower case
 * as everywhere in Backstage.
 */
export function parseEntityRef(params: Record<string, string>): string {
  const { kind, namespace, name } = params;
  return stringifyEntityRef({ kind, namespace, name });
}
