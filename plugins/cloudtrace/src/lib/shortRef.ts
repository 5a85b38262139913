import { parseEntityRef } from '@backstage/catalog-model';

/** Returns an entity's name, with its namespace unless that is the default. */
export function shortRef(entityRef: string): string {
  try {
    const { namespace, name } = parseEntityRef(entityRef, {
      defaultKind: 'group',
    });
    return namespace === 'default' ? name : `${namespace}/${name}`;
  } catch {
    return entityRef;
  }
}
