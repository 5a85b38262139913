import { randomUUID } from 'node:crypto';
import { constants } from 'node:fs';
import { copyFile, mkdir, open, readdir, rename, rm } from 'node:fs/promises';
import { dirname, join, relative, resolve, sep } from 'node:path';
import type { ObjectStorage } from './ObjectStorage';

/** Files in a folder. */
export class FolderStorage implements ObjectStorage {
  readonly location: string;

  constructor(folder: string) {
    this.location = resolve(folder);
  }

  async put(path: string, localFile: string): Promise<void> {
    const target = this.localPath(path);
    // The folder itself must exist: one that is not mounted must not be created.
    await this.#attempt(`store ${path}`, async () => {
      await checkFolder(this.location);
      await mkdir(dirname(target), { recursive: true });
      const part = `${target}.${randomUUID()}.part`;
      try {
        await copyFile(localFile, part, constants.COPYFILE_EXCL);
        await flush(part);
        await rename(part, target);
        await this.#flushFolders(target);
      } finally {
        await rm(part, { force: true });
      }
    });
  }

  async get(path: string, localFile: string): Promise<void> {
    await this.#attempt(`read ${path}`, () =>
      copyFile(this.localPath(path), localFile),
    );
  }

  async list(prefix: string): Promise<string[]> {
    return this.#attempt(`list ${prefix}`, async () => {
      await checkFolder(this.location);
      const folder = dirname(join(this.location, prefix, 'x'));
      const entries = await readdir(folder, {
        recursive: true,
        withFileTypes: true,
      }).catch(error => {
        if (error.code === 'ENOENT') return [];
        throw error;
      });
      return entries
        .filter(entry => entry.isFile())
        .map(entry =>
          relative(this.location, join(entry.parentPath, entry.name))
            .split(sep)
            .join('/'),
        );
    });
  }

  async delete(paths: readonly string[]): Promise<void> {
    for (const path of paths) {
      await this.#attempt(`delete ${path}`, async () => {
        await checkFolder(this.location);
        await rm(this.localPath(path), { force: true });
      });
    }
  }

  localPath(path: string): string {
    const file = resolve(this.location, path);
    if (!file.startsWith(`${this.location}${sep}`)) {
      throw new Error(`'${path}' is not below ${this.location}`);
    }
    return file;
  }

  /** The database drops its rows next, so that new folders must survive too. */
  async #flushFolders(file: string): Promise<void> {
    let folder = file;
    do {
      folder = dirname(folder);
      await flush(folder);
    } while (folder !== this.location);
  }

  async #attempt<T>(what: string, run: () => Promise<T>): Promise<T> {
    try {
      return await run();
    } catch (error) {
      throw new Error(
        `Could not ${what} in ${this.location}: ${
          (error as NodeJS.ErrnoException).code ?? (error as Error).message
        }`,
      );
    }
  }
}

async function checkFolder(folder: string): Promise<void> {
  await readdir(folder);
}

/** Makes a file or the entries of a folder survive a crash of the machine. */
async function flush(path: string): Promise<void> {
  const handle = await open(path, 'r');
  try {
    await handle.sync();
  } finally {
    await handle.close();
  }
}
