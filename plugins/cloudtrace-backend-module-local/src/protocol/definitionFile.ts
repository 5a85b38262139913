import { readFileSync, renameSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { LocalServiceDefinition } from './types';

/** A service that was started by somebody, and whether it should run. */
export interface StoredDefinition {
  definition: LocalServiceDefinition;
  enabled: boolean;
}

const FILE_NAME = 'services.json';

/** Reads the definitions; also used by the portal while the fleet does not run. */
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

/** Replaces the definitions as a whole. */
export function writeDefinitions(
  directory: string,
  definitions: StoredDefinition[],
) {
  const path = join(directory, FILE_NAME);
  writeFileSync(`${path}.new`, `${JSON.stringify(definitions, null, 2)}\n`);
  renameSync(`${path}.new`, path);
}
