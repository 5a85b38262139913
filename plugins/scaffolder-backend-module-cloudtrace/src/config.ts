import { resolve } from 'node:path';
import type { Config } from '@backstage/config';
import { InputError } from '@backstage/errors';

/**
 * The folder of the local repositories as an absolute path, or undefined if publishing locally is off.
 */
export function readLocalRepositories(config: Config): string | undefined {
  const folder = config.getOptionalString(
    'cloudtrace.scaffolder.localRepositories',
  );
  return folder && resolve(folder);
}

/** As {@link readLocalRepositories}, for callers that cannot go on without it. */
export function requireLocalRepositories(config: Config): string {
  const folder = readLocalRepositories(config);
  if (!folder) {
    throw new InputError(
      'This portal does not publish to local repositories: set cloudtrace.scaffolder.localRepositories to a folder, or choose GitHub or Bitbucket',
    );
  }
  return folder;
}

/** Where the portal is. */
export function readPortalUrl(config: Config): string {
  return config.getString('app.baseUrl');
}
