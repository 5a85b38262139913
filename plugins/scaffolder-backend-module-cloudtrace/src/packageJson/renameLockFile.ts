import { InputError } from '@backstage/errors';
import type { JsonObject } from '@backstage/types';
import type { PackageManifest } from './mergePackageParts';

/**
 * Sets the name in a `package-lock.json` to that of the generated package.
 *
 * @throws InputError if the lock file and the manifest have different
 * dependencies: `npm ci` would reject the repository
 */
export function renameLockFile(
  lock: JsonObject,
  manifest: PackageManifest,
): JsonObject {
  const packages = lock.packages as Record<string, JsonObject>;
  const root = packages[''];
  for (const field of ['dependencies', 'devDependencies']) {
    const locked = root[field] as JsonObject | undefined;
    const wanted = manifest[field] as JsonObject | undefined;
    const names = new Set([
      ...Object.keys(locked ?? {}),
      ...Object.keys(wanted ?? {}),
    ]);
    for (const name of names) {
      if (locked?.[name] !== wanted?.[name]) {
        throw new InputError(
          `package-lock.json has ${name}@${locked?.[name]} in ${field}, package.json ${wanted?.[name]}: run "yarn template:locks" in the template's repository, which writes a lock file for each set of dependencies`,
        );
      }
    }
  }
  return {
    ...lock,
    name: manifest.name,
    packages: { ...packages, '': { ...root, name: manifest.name } },
  };
}
