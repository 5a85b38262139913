import type { ArchiveCallOptions } from '@cloudtrace/plugin-cloudtrace-node';

/** Files below one location. Paths are relative, with slashes. Errors say what failed where. */
export interface ObjectStorage {
  /** Without secrets. */
  readonly location: string;
  /** Stores a local file; nobody ever sees a part of it. */
  put(
    path: string,
    localFile: string,
    options: ArchiveCallOptions,
  ): Promise<void>;
  /** Copies a file to a local one. */
  get(
    path: string,
    localFile: string,
    options: ArchiveCallOptions,
  ): Promise<void>;
  list(prefix: string, options: ArchiveCallOptions): Promise<string[]>;
  /** Deletes files; one that does not exist is no error. */
  delete(paths: readonly string[], options: ArchiveCallOptions): Promise<void>;
  /** Where a file is, if it can be read without a copy. */
  localPath?(path: string): string;
}
