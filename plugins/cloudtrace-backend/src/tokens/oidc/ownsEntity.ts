import type { Entity } from '@backstage/catalog-model';
import { CLOUDTRACE_ANNOTATIONS } from '@cloudtrace/plugin-cloudtrace-common';
import type { CiIdentity } from './types';

/**
 * Whether one of the entity's annotations matches the repository of the run.
 *
 * @remarks On GitHub the annotation is a name, which somebody else can acquire
 * once it is free. If the entity also has the repository's id, that must match
 * too.
 */
export function ownsEntity(identity: CiIdentity, entity: Entity): boolean {
  const annotations = entity.metadata.annotations ?? {};
  const id = annotations[CLOUDTRACE_ANNOTATIONS.githubRepositoryId];
  if (
    identity.config.provider === 'github' &&
    id !== undefined &&
    id.trim() !== identity.repositoryId
  ) {
    return false;
  }
  const repository = normalize(identity.repository);
  return identity.config.annotations.some(annotation => {
    const value = annotations[annotation];
    return typeof value === 'string' && normalize(value) === repository;
  });
}

/** Repository names are not case-sensitive; Bitbucket writes UUIDs in braces. */
function normalize(name: string): string {
  return name
    .trim()
    .toLowerCase()
    .replace(/^\{(.*)\}$/, '$1');
}
