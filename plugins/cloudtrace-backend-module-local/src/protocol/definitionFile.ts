import { readFileSync, renameSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { LocalServiceDefinition } from './types';

/** A service that someone started, and whether it should run. */
export interface StoredDefinition {
  definition: LocalServiceDefinition;
  enabled: boolean;
}

const FILE_NAME = 'services.json';

/** Reads the definitions; the portal uses it too while the fleet is not running. */
export function readDefinitions(directory: string): StoredDefinition[] {
  try {
    const content = JSON.parse(
      readFileSync(join(directory, FILE_NAME), 'utf8'),
    );
    return Array.isArray(content) ? content : [];
  } catch {
    return [];
  }
}

/** Replaces all definitions. */
export function writeDefinitions(
  directory: string,
  definitions: StoredDefinition[],
) {
  const path = join(directory, FILE_NAME);
  writeFileSync(`${path}.new`, `${JSON.stringify(definitions, null, 2)}\n`);
  renameSync(`${path}.new`, path);
}
