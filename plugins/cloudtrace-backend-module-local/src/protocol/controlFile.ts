import { chmodSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

/**
 * How to reach a running launcher. The file is readable only by its owner,
 * because everyone who can read it can control the fleet.
 */
export interface ControlFile {
  url: string;
  secret: string;
  pid: number;
  /** Distinguishes a live launcher from another process that got its pid later. */
  processIdentity: string;
}

const FILE_NAME = 'control.json';

/** Writes the file with mode 0600. */
export function writeControlFile(directory: string, content: ControlFile) {
  const path = join(directory, FILE_NAME);
  rmSync(path, { force: true });
  writeFileSync(path, `${JSON.stringify(content)}\n`, { mode: 0o600 });
  chmodSync(path, 0o600);
}

/** Reads the file; undefined if no launcher left one, or only a torn one. */
export function readControlFile(directory: string): ControlFile | undefined {
  try {
    return JSON.parse(readFileSync(join(directory, FILE_NAME), 'utf8'));
  } catch {
    return undefined;
  }
}

/** Deletes the file. */
export function removeControlFile(directory: string) {
  rmSync(join(directory, FILE_NAME), { force: true });
}
