import { mkdtempSync, realpathSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

/** A folder for one test file, deleted after its last test. */
export function temporaryDirectory(): string {
  const directory = realpathSync(
    mkdtempSync(join(tmpdir(), 'scaffolder-cloudtrace-')),
  );
  afterAll(() => rmSync(directory, { recursive: true, force: true }));
  return directory;
}
