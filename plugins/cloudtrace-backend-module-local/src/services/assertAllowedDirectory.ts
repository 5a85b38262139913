import { realpath } from 'node:fs/promises';
import { isAbsolute, relative, sep } from 'node:path';
import { InputError } from '@backstage/errors';

/**
 * The real path of a repository, if it is below one of the folders whose
 * services may be started. Follows symbolic links first, so that none leads
 * out.
 *
 * @throws InputError
 */
export async function assertAllowedDirectory(
  directory: string,
  allowed: string[],
): Promise<string> {
  if (!allowed.length) {
    throw new InputError(
      'This portal cannot start services: set cloudtrace.local.repositories or cloudtrace.scaffolder.localRepositories to the folder of the local repositories',
    );
  }
  const refused = new InputError(
    `The directory is not one of the portal's local repositories: ${directory}`,
  );
  if (!isAbsolute(directory)) throw refused;
  const real = await realpath(directory).catch(() => {
    throw refused;
  });
  for (const folder of allowed) {
    const parent = await realpath(folder).catch(() => undefined);
    if (parent === undefined) continue;
    const below = relative(parent, real);
    if (below && below !== '..' && !below.startsWith(`..${sep}`)) return real;
  }
  throw refused;
}
