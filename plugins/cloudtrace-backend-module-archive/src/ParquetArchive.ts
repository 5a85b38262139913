import { randomUUID } from 'node:crypto';
import { createWriteStream } from 'node:fs';
import { rm } from 'node:fs/promises';
import { join } from 'node:path';
import type { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import type {
  ArchiveCallOptions,
  ArchiveCount,
  ArchivedRequest,
  ArchiveFile,
  ArchiveFilter,
  ArchiveQuery,
  ArchiveSummary,
  RequestArchive,
} from '@cloudtrace/plugin-cloudtrace-node';
import { countFile } from './duckdb/countFile';
import { DuckDb } from './duckdb/DuckDb';
import { convertSql, summarySql } from './duckdb/parquetColumns';
import { searchFile } from './duckdb/searchFile';
import { hashFile } from './storage/hashFile';
import type { ObjectStorage } from './storage/ObjectStorage';
import { StoredFiles } from './storage/StoredFiles';
import { WorkingDirectory } from './storage/WorkingDirectory';
import type { ArchiveConfig } from './types';

/** Values of a count, as in the database. */
const MAX_VALUES = 200;

/** Requests as Parquet files, which DuckDB writes and reads. */
export class ParquetArchive implements RequestArchive {
  readonly location: string;
  readonly retentionMs?: number;
  readonly #storage: ObjectStorage;
  readonly #files: StoredFiles;
  readonly #config: Omit<ArchiveConfig, 'target'>;
  /** A large export must not leave a search without memory. */
  readonly #reader: DuckDb;
  readonly #writer: DuckDb;
  readonly #directory: WorkingDirectory;

  constructor(storage: ObjectStorage, config: Omit<ArchiveConfig, 'target'>) {
    this.location = storage.location;
    this.retentionMs = config.retentionMs;
    this.#storage = storage;
    this.#config = config;
    this.#directory = new WorkingDirectory(config.workingDirectory);
    const directory = this.#directory.path;
    this.#files = new StoredFiles({
      storage,
      directory,
      maxBytes: config.cacheBytes,
    });
    const limits = { ...config, temporaryDirectory: directory };
    this.#reader = new DuckDb(limits);
    this.#writer = new DuckDb(limits);
  }

  async write(
    path: string,
    rows: Readable,
    options: ArchiveCallOptions = {},
  ): Promise<ArchiveFile> {
    const { signal = new AbortController().signal } = options;
    const base = join(await this.#directory.path(), randomUUID());
    const csv = `${base}.csv`;
    const parquet = `${base}.parquet`;
    try {
      await pipeline(rows, createWriteStream(csv), { signal });
      await this.#writer.run(convertSql(csv, parquet), [], signal);
      const size = await hashFile(parquet);
      await this.#storage.put(path, parquet, { signal });
      return { path, ...size };
    } finally {
      await rm(csv, { force: true });
      await rm(parquet, { force: true });
    }
  }

  async summarize(
    file: ArchiveFile,
    options: ArchiveCallOptions = {},
  ): Promise<ArchiveSummary> {
    const { signal = new AbortController().signal } = options;
    return this.#files.useFresh(file, { signal }, async local => {
      const [row] = await this.#writer.run(summarySql(local), [], signal);
      return row as unknown as ArchiveSummary;
    });
  }

  async list(
    prefix: string,
    options: ArchiveCallOptions = {},
  ): Promise<string[]> {
    return this.#storage.list(prefix, options);
  }

  async delete(
    paths: readonly string[],
    options: ArchiveCallOptions = {},
  ): Promise<void> {
    await this.#storage.delete(paths, options);
  }

  async search(
    files: readonly ArchiveFile[],
    query: ArchiveQuery,
    options: ArchiveCallOptions = {},
  ): Promise<ArchivedRequest[]> {
    return this.#withDeadline(options, async signal => {
      const found: ArchivedRequest[] = [];
      for (const file of files) {
        const left = query.limit - found.length;
        if (left <= 0) break;
        const rows = await this.#files.use(file, { signal }, local =>
          searchFile(this.#reader, local, { ...query, limit: left }, signal),
        );
        found.push(...rows);
      }
      return found;
    });
  }

  async count(
    files: readonly ArchiveFile[],
    filter: ArchiveFilter,
    options: Parameters<RequestArchive['count']>[2] = {},
  ): Promise<ArchiveCount[]> {
    return this.#withDeadline(options, async signal => {
      const sums = new Map<string, ArchiveCount>();
      for (const file of files) {
        const counts = await this.#files.use(file, { signal }, local =>
          countFile(this.#reader, local, filter, { ...options, signal }),
        );
        for (const count of counts) {
          const key = JSON.stringify([count.value, count.zone]);
          const sum = sums.get(key);
          sums.set(key, {
            ...count,
            requests: count.requests + (sum?.requests ?? 0),
            errors: count.errors + (sum?.errors ?? 0),
          });
        }
      }
      return [...sums.values()]
        .sort((a, b) => b.requests - a.requests || (a.value < b.value ? -1 : 1))
        .slice(0, MAX_VALUES);
    });
  }

  /** Ends DuckDB and removes temporary files. */
  async close(): Promise<void> {
    await Promise.all([this.#reader.close(), this.#writer.close()]);
    await this.#directory.remove();
  }

  async #withDeadline<T>(
    { signal }: ArchiveCallOptions,
    run: (signal: AbortSignal) => Promise<T>,
  ): Promise<T> {
    const deadline = AbortSignal.timeout(this.#config.timeoutMs);
    try {
      return await run(signal ? AbortSignal.any([signal, deadline]) : deadline);
    } catch (error) {
      if (!deadline.aborted || signal?.aborted) throw error;
      throw new Error(
        `The search took longer than ${
          this.#config.timeoutMs / 1000
        } s; choose a shorter range`,
      );
    }
  }
}
