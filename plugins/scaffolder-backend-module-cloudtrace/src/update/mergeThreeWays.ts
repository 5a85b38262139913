import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { runGit } from '../git/runGit';

/**
 * Merges the changes of a user and of the template to one text file.
 *
 * @param files - `repository` is a clone that has the blob `generated` in its
 * history; the others are paths
 * @returns the merged text, or undefined if the changes touch the same lines,
 * the file is binary, or the generated version is unavailable
 */
export async function mergeThreeWays(files: {
  repository: string;
  current: string;
  generated: string;
  next: string;
}): Promise<string | undefined> {
  // The record is a file of the repository: it must not be able to name
  // anything but an object.
  if (!/^[0-9a-f]{40}$/.test(files.generated)) {
    return undefined;
  }
  const directory = await mkdtemp(join(tmpdir(), 'cloudtrace-merge-'));
  try {
    const base = join(directory, 'generated');
    await writeFile(
      base,
      await runGit(files.repository, ['cat-file', 'blob', files.generated]),
    );
    // Exits with the number of conflicts, or with 255 for binary files.
    return await runGit(files.repository, [
      'merge-file',
      '-p',
      files.current,
      base,
      files.next,
    ]);
  } catch {
    return undefined;
  } finally {
    await rm(directory, { recursive: true, force: true });
  }
}
