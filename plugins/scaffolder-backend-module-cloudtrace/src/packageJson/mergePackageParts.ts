import { ConflictError } from '@backstage/errors';
import type { JsonObject } from '@backstage/types';

/** The content of a `package.json`, or of a part of one. */
export type PackageManifest = JsonObject;

/**
 * Adds the npm scripts of all layers to a manifest, sorted after those of the
 * base, so that the result does not depend on the order of the layers.
 *
 * Only scripts: the base contains the dependencies of every option, so that one
 * lock file fits all of them.
 *
 * @param parts - part by name of its layer
 * @throws ConflictError if a part contains anything but scripts, or a different
 * version of an existing script
 */
export function mergePackageParts(
  base: PackageManifest,
  parts: Record<string, PackageManifest>,
): PackageManifest {
  const scripts = { ...(base.scripts as JsonObject | undefined) };
  const added: JsonObject = {};
  for (const [layer, part] of Object.entries(parts)) {
    const other = Object.keys(part).find(field => field !== 'scripts');
    if (other) {
      throw new ConflictError(
        `Layer ${layer} adds "${other}" to package.json; a layer can only add scripts`,
      );
    }
    for (const [name, command] of Object.entries(part.scripts ?? {})) {
      const existing = scripts[name] ?? added[name];
      if (existing !== undefined && existing !== command) {
        throw new ConflictError(
          `Layer ${layer} sets the script ${name} to "${command}", but it is already "${existing}"`,
        );
      }
      added[name] = command;
    }
  }
  const sorted = Object.entries(added).sort(([a], [b]) => (a < b ? -1 : 1));
  return { ...base, scripts: { ...scripts, ...Object.fromEntries(sorted) } };
}
