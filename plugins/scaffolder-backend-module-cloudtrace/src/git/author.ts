import type { UserEntity } from '@backstage/catalog-model';

/**
 * Author and committer of a commit, as environment variables for git: the user
 * who ran the template, with name and email if the catalog has them.
 */
export function authorEnvironment(user?: {
  entity?: UserEntity;
  ref?: string;
}): Record<string, string> {
  const profile = user?.entity?.spec.profile;
  const name = profile?.displayName ?? user?.ref ?? 'CloudTrace';
  const email = profile?.email ?? 'cloudtrace@localhost';
  return {
    GIT_AUTHOR_NAME: name,
    GIT_AUTHOR_EMAIL: email,
    GIT_COMMITTER_NAME: name,
    GIT_COMMITTER_EMAIL: email,
  };
}
