import { InputError } from '@backstage/errors';
import type { JsonObject } from '@backstage/types';

type Packages = Record<string, JsonObject>;

/** Fields of a locked package that name the packages it needs. */
const NEEDS = ['dependencies', 'optionalDependencies', 'peerDependencies'];

/**
 * Reduces the lock file of all dependencies that a starter can have to those of
 * a manifest, and names it after the package. The versions stay.
 *
 * Parts add dependencies of the running service only; so, of the flags that npm
 * derives, just `dev` can change.
 *
 * @throws InputError if the manifest has a dependency that is not locked:
 * `npm ci` would reject the repository
 * @public
 */
export function pruneLockFile(
  lock: JsonObject,
  manifest: JsonObject,
): JsonObject {
  const { '': root, ...packages } = lock.packages as Packages;
  const running = reachable(packages, lockedNames('dependencies'));
  const all = reachable(packages, [
    ...lockedNames('dependencies'),
    ...lockedNames('devDependencies'),
  ]);
  return {
    ...lock,
    name: manifest.name,
    packages: {
      '': { ...root, name: manifest.name, ...dependenciesOf(manifest) },
      ...Object.fromEntries(
        Object.entries(packages)
          .filter(([path]) => all.has(path))
          .map(([path, entry]) => [path, flagged(entry, !running.has(path))]),
      ),
    },
  };

  function lockedNames(field: 'dependencies' | 'devDependencies'): string[] {
    const locked = (root[field] ?? {}) as JsonObject;
    const wanted = Object.entries((manifest[field] ?? {}) as JsonObject);
    for (const [name, version] of wanted) {
      if (locked[name] !== version) {
        throw new InputError(
          `package-lock.json has ${name}@${locked[name]} in ${field}, package.json ${version}: run "yarn template:locks" in the template's repository, which writes a lock file for each starter`,
        );
      }
    }
    return wanted.map(([name]) => name);
  }
}

function dependenciesOf(manifest: JsonObject): JsonObject {
  const { dependencies = {}, devDependencies = {} } = manifest;
  return { dependencies, devDependencies };
}

/** Places of the named packages and of everything that they need. */
function reachable(packages: Packages, names: string[]): Set<string> {
  const found = new Set<string>();
  const queue = names.map(name => locate(packages, '', name));
  for (let path = queue.pop(); queue.length > 0 || path; path = queue.pop()) {
    if (path && !found.has(path)) {
      found.add(path);
      const needed = NEEDS.flatMap(field =>
        Object.keys(packages[path as string][field] ?? {}),
      );
      queue.push(...needed.map(name => locate(packages, path as string, name)));
    }
  }
  return found;
}

/** Where Node.js finds a package: in the nearest `node_modules`. An optional one may be missing. */
function locate(
  packages: Packages,
  from: string,
  name: string,
): string | undefined {
  const place = `${from ? `${from}/` : ''}node_modules/${name}`;
  if (packages[place] || !from) {
    return packages[place] && place;
  }
  const outer = from.lastIndexOf('/node_modules/');
  return locate(packages, outer < 0 ? '' : from.slice(0, outer), name);
}

/** The entry with npm's flag for packages that only development needs. */
function flagged(entry: JsonObject, isDev: boolean): JsonObject {
  if (isDev === (entry.dev === true) || entry.devOptional) {
    return entry;
  }
  const { dev: _dev, ...rest } = entry;
  return isDev ? { ...rest, dev: true } : rest;
}
