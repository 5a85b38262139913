import { ConflictError } from '@backstage/errors';
import type { JsonObject } from '@backstage/types';

/** The content of a `package.json`, or of a part of one. */
export type PackageManifest = JsonObject;

/** The only fields that a part may add to; the rest of `package.json` is the base layer's. */
const MERGED_FIELDS = ['scripts', 'dependencies', 'devDependencies'] as const;

/**
 * Adds the parts of all layers to a manifest. Entries are sorted, so that the result does not depend on the order of the layers.
 *
 * @param parts - part by name of its layer
 * @throws ConflictError if two layers, or a layer and the base, say different things about the same entry
 */
export function mergePackageParts(
  base: PackageManifest,
  parts: Record<string, PackageManifest>,
): PackageManifest {
  const merged: PackageManifest = { ...base };
  for (const [layer, part] of Object.entries(parts)) {
    for (const field of Object.keys(part)) {
      if (!MERGED_FIELDS.some(known => known === field)) {
        throw new ConflictError(
          `Layer ${layer} adds "${field}" to package.json; only ${MERGED_FIELDS.join(
            ', ',
          )} can be added to`,
        );
      }
    }
  }
  for (const field of MERGED_FIELDS) {
    const entries = { ...(base[field] as JsonObject | undefined) };
    for (const [layer, part] of Object.entries(parts)) {
      for (const [key, value] of Object.entries(
        (part[field] as JsonObject | undefined) ?? {},
      )) {
        if (entries[key] !== undefined && entries[key] !== value) {
          throw new ConflictError(
            `Layer ${layer} sets ${field}.${key} to "${value}", but it is "${entries[key]}" already`,
          );
        }
        entries[key] = value;
      }
    }
    if (Object.keys(entries).length > 0) {
      merged[field] = sortByKey(entries);
    }
  }
  return merged;
}

function sortByKey(entries: JsonObject): JsonObject {
  return Object.fromEntries(
    Object.entries(entries).sort(([a], [b]) => (a < b ? -1 : 1)),
  );
}
