import { resolve } from 'node:path';
import type { Config } from '@backstage/config';
import { InputError } from '@backstage/errors';

/**
 * The absolute path of the folder of local repositories, or undefined if local
 * publishing is off.
 */
export function readLocalRepositories(config: Config): string | undefined {
  const folder = config.getOptionalString(
    'cloudtrace.scaffolder.localRepositories',
  );
  return folder && resolve(folder);
}

/** Like {@link readLocalRepositories}, for callers that require the folder. */
export function requireLocalRepositories(config: Config): string {
  const folder = readLocalRepositories(config);
  if (!folder) {
    throw new InputError(
      'This portal does not publish to local repositories: set cloudtrace.scaffolder.localRepositories to a folder, or choose GitHub or Bitbucket',
    );
  }
  return folder;
}

/** The portal's base URL. */
export function readPortalUrl(config: Config): string {
  return config.getString('app.baseUrl');
}
