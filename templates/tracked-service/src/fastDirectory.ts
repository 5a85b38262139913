import { accessSync, constants } from 'node:fs';
import { tmpdir } from 'node:os';

/** A folder for temporary files that are written and read a few times: in memory, if the system has such a folder. */
export function fastDirectory(): string {
  const memory = '/dev/shm';
  try {
    accessSync(memory, constants.W_OK);
    return memory;
  } catch {
    return tmpdir();
  }
}
