import type { Entity } from '@backstage/catalog-model';
import type { CiIdentity } from './types';

/** Whether one of the entity's annotations names the repository of the run. */
export function ownsEntity(identity: CiIdentity, entity: Entity): boolean {
  const repository = normalize(identity.repository);
  return identity.config.annotations.some(annotation => {
    const value = entity.metadata.annotations?.[annotation];
    return typeof value === 'string' && normalize(value) === repository;
  });
}

/** Repository names know no case; Bitbucket writes UUIDs in braces. */
function normalize(name: string): string {
  return name
    .trim()
    .toLowerCase()
    .replace(/^\{(.*)\}$/, '$1');
}
