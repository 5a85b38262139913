import { randomUUID } from 'node:crypto';
import { rm, stat } from 'node:fs/promises';
import { join } from 'node:path';
import type {
  ArchiveCallOptions,
  ArchiveFile,
} from '@cloudtrace/plugin-cloudtrace-node';
import { hashFile } from './hashFile';
import type { ObjectStorage } from './ObjectStorage';

interface Cached {
  /** Where the copy is; rejects if the file could not be read. */
  local: Promise<string>;
  bytes: number;
  /** How many calls read it now. */
  users: number;
}

/**
 * Local copies of stored files, or the files themselves in a folder. Each was
 * compared with what was written before it is read: a file that was cut off or
 * replaced must not look like a day with other requests.
 */
export class StoredFiles {
  readonly #storage: ObjectStorage;
  readonly #directory: () => Promise<string>;
  readonly #maxBytes: number;
  /** Least recently used first. */
  readonly #cached = new Map<string, Cached>();
  /** Files in a folder that were compared, with their state then. */
  readonly #compared = new Map<string, string>();

  constructor(options: {
    storage: ObjectStorage;
    /** For copies. */
    directory: () => Promise<string>;
    /** Room for copies that nobody reads at the moment. */
    maxBytes: number;
  }) {
    this.#storage = options.storage;
    this.#directory = options.directory;
    this.#maxBytes = options.maxBytes;
  }

  /** Calls a function with the path of a file that is as it was written. */
  async use<T>(
    file: ArchiveFile,
    options: ArchiveCallOptions,
    read: (localPath: string) => Promise<T>,
  ): Promise<T> {
    if (this.#storage.localPath) {
      const path = this.#storage.localPath(file.path);
      await this.#compareInPlace(file, path);
      return read(path);
    }
    const key = `${file.path} ${file.sha256}`;
    const cached = this.#cached.get(key) ?? {
      // Several calls may wait for it: it outlives the one that began it.
      local: this.#copy(file, {}),
      bytes: file.bytes,
      users: 0,
    };
    this.#cached.delete(key);
    this.#cached.set(key, cached);
    cached.local.catch(() => this.#cached.delete(key));
    cached.users += 1;
    try {
      return await read(await unlessAborted(cached.local, options.signal));
    } finally {
      cached.users -= 1;
      await this.#evict();
    }
  }

  /** Calls a function with a new copy from the storage, which is deleted afterwards. */
  async useFresh<T>(
    file: ArchiveFile,
    options: ArchiveCallOptions,
    read: (localPath: string) => Promise<T>,
  ): Promise<T> {
    const local = await this.#copy(file, options);
    try {
      return await read(local);
    } finally {
      await rm(local, { force: true });
    }
  }

  async #copy(file: ArchiveFile, options: ArchiveCallOptions): Promise<string> {
    const local = join(await this.#directory(), `${randomUUID()}.parquet`);
    try {
      await this.#storage.get(file.path, local, options);
      this.#compare(file, await hashFile(local));
      return local;
    } catch (error) {
      await rm(local, { force: true });
      throw error;
    }
  }

  async #compareInPlace(file: ArchiveFile, path: string): Promise<void> {
    const { size, mtimeMs, ino } = await stat(path).catch(error => {
      throw new Error(
        `Could not read ${file.path} in ${this.#storage.location}: ${
          error.code
        }`,
      );
    });
    const state = `${file.sha256} ${size} ${mtimeMs} ${ino}`;
    if (this.#compared.get(path) === state) return;
    this.#compare(file, await hashFile(path));
    this.#compared.set(path, state);
  }

  #compare(file: ArchiveFile, found: { bytes: number; sha256: string }): void {
    if (found.sha256 === file.sha256) return;
    const difference =
      found.bytes === file.bytes
        ? 'its content differs'
        : `it has ${found.bytes} bytes instead of ${file.bytes}`;
    throw new Error(
      `${file.path} in ${
        this.#storage.location
      } is not the file that was written: ${difference}. Restore it from a backup or an earlier version`,
    );
  }

  async #evict(): Promise<void> {
    let bytes = [...this.#cached.values()].reduce((a, b) => a + b.bytes, 0);
    for (const [key, cached] of this.#cached) {
      if (bytes <= this.#maxBytes) return;
      if (cached.users > 0) continue;
      this.#cached.delete(key);
      bytes -= cached.bytes;
      await rm(await cached.local.catch(() => ''), { force: true });
    }
  }
}

/** Waits for a promise until a signal is aborted, and then rejects with its reason. */
async function unlessAborted<T>(
  promise: Promise<T>,
  signal: AbortSignal | undefined,
): Promise<T> {
  if (!signal) return promise;
  signal.throwIfAborted();
  let stop: (() => void) | undefined;
  const aborted = new Promise<never>((_, reject) => {
    stop = () => reject(signal.reason);
    signal.addEventListener('abort', stop);
  });
  try {
    return await Promise.race([promise, aborted]);
  } finally {
    signal.removeEventListener('abort', stop!);
  }
}
