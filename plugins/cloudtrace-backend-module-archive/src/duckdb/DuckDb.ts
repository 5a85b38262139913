import { createRequire } from 'node:module';
import type { DuckDBInstance, DuckDBValue } from '@duckdb/node-api';
import pLimit from 'p-limit';

/** Each call occupies a thread of Node.js, of which there are four by default. */
const CONCURRENT_CALLS = 2;
const INTERRUPT_AGAIN_MS = 50;

/** A value of a result, after conversion to JavaScript. */
export type DuckDbRow = Record<string, unknown>;

/** DuckDB in this process, with limits. It has no data of its own: it reads and writes files. */
export class DuckDb {
  readonly #options: {
    memoryBytes: number;
    threads: number;
    temporaryDirectory: () => Promise<string>;
  };
  readonly #limit = pLimit(CONCURRENT_CALLS);
  #instance: Promise<DuckDBInstance> | undefined;

  constructor(options: {
    memoryBytes: number;
    threads: number;
    /** For what does not fit into memory. */
    temporaryDirectory: () => Promise<string>;
  }) {
    this.#options = options;
  }

  /**
   * Runs a statement and returns its rows.
   *
   * @throws The reason of the signal if it is aborted; the statement then ends
   */
  async run(
    sql: string,
    values: DuckDBValue[],
    signal: AbortSignal,
  ): Promise<DuckDbRow[]> {
    return this.#limit(async () => {
      signal.throwIfAborted();
      const instance = await (this.#instance ??= this.#open());
      const connection = await instance.connect();
      let interrupting: NodeJS.Timeout | undefined;
      const interrupt = () => {
        connection.interrupt();
        // An interrupt between the preparation of a statement and its
        // execution has no effect.
        interrupting = setInterval(
          () => connection.interrupt(),
          INTERRUPT_AGAIN_MS,
        );
      };
      signal.addEventListener('abort', interrupt);
      try {
        // It may have been aborted while DuckDB was opened.
        signal.throwIfAborted();
        const reader = await connection.runAndReadAll(sql, values);
        return reader.getRowObjectsJS();
      } catch (error) {
        signal.throwIfAborted();
        throw error;
      } finally {
        signal.removeEventListener('abort', interrupt);
        clearInterval(interrupting);
        connection.closeSync();
      }
    });
  }

  async close(): Promise<void> {
    const instance = await this.#instance?.catch(() => undefined);
    instance?.closeSync();
    this.#instance = undefined;
  }

  async #open(): Promise<DuckDBInstance> {
    // Its library is large, so it is loaded when it is first needed. Jest
    // cannot load it with import().
    const { DuckDBInstance: Instance } = createRequire(__filename)(
      '@duckdb/node-api',
    ) as typeof import('@duckdb/node-api');
    const { memoryBytes, threads, temporaryDirectory } = this.#options;
    return Instance.create(':memory:', {
      memory_limit: `${memoryBytes}B`,
      threads: String(threads),
      temp_directory: await temporaryDirectory(),
      // Everything that is needed is built in; nothing may be downloaded.
      autoinstall_known_extensions: 'false',
      autoload_known_extensions: 'false',
      allow_community_extensions: 'false',
    });
  }
}
