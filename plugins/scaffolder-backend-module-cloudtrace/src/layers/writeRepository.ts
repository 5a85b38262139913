import { mkdir, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import type { LayerFile } from './readLayer';

/**
 * Writes files below a folder, with the modes that git supports; replaces
 * existing files, so that it can run again.
 */
export async function writeRepository(
  root: string,
  files: readonly LayerFile[],
): Promise<void> {
  const folders = new Set(files.map(({ path }) => dirname(path)));
  for (const folder of folders) {
    await mkdir(join(root, folder), { recursive: true });
  }
  await Promise.all(
    files.map(({ path, content, executable }) =>
      writeFile(join(root, path), content, {
        mode: executable ? 0o755 : 0o644,
      }),
    ),
  );
}
