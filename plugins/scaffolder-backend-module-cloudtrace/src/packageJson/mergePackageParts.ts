import { ConflictError } from '@backstage/errors';
import type { JsonObject } from '@backstage/types';

/** The content of a `package.json`, or of a part of one. */
export type PackageManifest = JsonObject;

/** Fields that a part may add entries to, and what an entry is for people. */
const FIELDS = {
  scripts: 'script',
  dependencies: 'dependency',
  devDependencies: 'development dependency',
} as const;

type Field = keyof typeof FIELDS;

/**
 * Adds the npm scripts and dependencies of all layers to a manifest, so that
 * the result does not depend on the order of the layers: added scripts come
 * sorted after those of the core, and all dependencies are sorted as npm does.
 *
 * @param parts - part by name of its layer
 * @throws ConflictError if a part contains anything else, or a different value
 * of an existing entry
 */
export function mergePackageParts(
  base: PackageManifest,
  parts: Record<string, PackageManifest>,
): PackageManifest {
  const merged = { ...base };
  for (const [layer, part] of Object.entries(parts)) {
    const other = Object.keys(part).find(field => !(field in FIELDS));
    if (other) {
      throw new ConflictError(
        `Layer ${layer} adds "${other}" to package.json; a layer can only add ${Object.keys(
          FIELDS,
        ).join(', ')}`,
      );
    }
  }
  for (const field of Object.keys(FIELDS) as Field[]) {
    const own = (base[field] ?? {}) as JsonObject;
    const added = sort(collect(field, own, parts));
    if (Object.keys(added).length > 0) {
      merged[field] =
        field === 'scripts' ? { ...own, ...added } : sort({ ...own, ...added });
    }
  }
  return merged;
}

function collect(
  field: Field,
  own: JsonObject,
  parts: Record<string, PackageManifest>,
): JsonObject {
  const added: JsonObject = {};
  for (const [layer, part] of Object.entries(parts)) {
    for (const [name, value] of Object.entries(part[field] ?? {})) {
      const existing = own[name] ?? added[name];
      if (existing !== undefined && existing !== value) {
        throw new ConflictError(
          `Layer ${layer} sets the ${FIELDS[field]} ${name} to "${value}", but it is already "${existing}"`,
        );
      }
      added[name] = value;
    }
  }
  return added;
}

function sort(entries: JsonObject): JsonObject {
  return Object.fromEntries(
    Object.entries(entries).sort(([a], [b]) => (a < b ? -1 : 1)),
  );
}
