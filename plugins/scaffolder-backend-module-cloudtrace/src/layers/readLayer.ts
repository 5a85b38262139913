import type { Dirent } from 'node:fs';
import { readdir, readFile, stat } from 'node:fs/promises';
import { join, posix } from 'node:path';
import { InputError } from '@backstage/errors';

/** One file of a folder of the template, before it is rendered. */
export interface LayerFile {
  /** POSIX path relative to the folder. */
  path: string;
  content: Buffer;
  executable: boolean;
}

/** What a template in a working copy may contain, but no new repository should. */
const NOT_PART_OF_A_LAYER = new Set([
  '.git',
  'node_modules',
  'dist',
  'coverage',
  '.terraform',
  'cdk.out',
]);

/**
 * Reads a folder of the template, without build output at its top level.
 *
 * @throws InputError if the folder does not exist, or contains something that
 * is neither a file nor a folder
 */
export async function readLayer(directory: string): Promise<LayerFile[]> {
  const files = await listFiles(directory, '');
  return Promise.all(
    files.map(async path => {
      const full = join(directory, path);
      const [content, { mode }] = await Promise.all([
        readFile(full),
        stat(full),
      ]);
      // eslint-disable-next-line no-bitwise
      return { path, content, executable: (mode & 0o111) !== 0 };
    }),
  );
}

async function listFiles(root: string, below: string): Promise<string[]> {
  const entries = await readEntries(join(root, below));
  const lists = await Promise.all(
    entries
      .filter(({ name }) => below !== '' || !NOT_PART_OF_A_LAYER.has(name))
      .map(async entry => {
        const path = posix.join(below, entry.name);
        if (entry.isDirectory()) {
          return listFiles(root, path);
        }
        if (!entry.isFile()) {
          // A link could lead out of the template.
          throw new InputError(
            `${path} of the template is neither a file nor a folder: replace it with the file it refers to`,
          );
        }
        return [path];
      }),
  );
  return lists.flat();
}

async function readEntries(directory: string): Promise<Dirent[]> {
  try {
    return await readdir(directory, { withFileTypes: true });
  } catch (error) {
    throw new InputError(
      `The template's folder ${directory} cannot be read`,
      error,
    );
  }
}
