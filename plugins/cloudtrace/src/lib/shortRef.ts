import { parseEntityRef } from '@backstage/catalog-model';

/** An entity's name, with its namespace where that is not the default one. */
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
