import { readFileSync } from 'node:fs';
import type { Logger } from 'pino';
import pg from 'pg';
import type { Config } from '../config/config.js';
import type {
  CredentialsProvider,
  DatabaseCredentials,
} from '../secrets/types.js';
import { classifyError } from './errors.js';
import { withRetry } from './retry.js';

export interface DatabasePoolOptions {
  readonly config: Config;
  readonly credentials: CredentialsProvider;
  readonly logger: Logger;
  /** Certificate authorities; by default, those in `DATABASE_CA_FILE`. */
  readonly ca?: string;
  /** Connections at most; by default `DATABASE_POOL_MAX`. */
  readonly max?: number;
  /** The schema of its statements; by default, that of the service. */
  readonly schema?: string;
}

const recentMs = 500;
/** Leases can be longer than the maximum of a timer. */
const longestRenewalMs = 24 * 3_600_000;

/**
 * Connection pool that survives restarts of the database and rotations of its credentials.
 *
 * New credentials require a new `pg.Pool`, because a lease may change the user as well as the password; the old pool
 * ends when its last connection is returned.
 */
export class DatabasePool {
  readonly #options: DatabasePoolOptions;
  #pool: Promise<pg.Pool> | undefined;
  #renewal: NodeJS.Timeout | undefined;
  #lastAnswerAt = 0;

  constructor(options: DatabasePoolOptions) {
    this.#options = options;
  }

  /** Runs `work` in one transaction, and repeats all of it after a temporary error; `work` must be safe to repeat. */
  async transaction<T>(
    work: (client: pg.PoolClient) => Promise<T>,
  ): Promise<T> {
    return this.#retry(pool =>
      this.#withClient(pool, async client => {
        await client.query('BEGIN');
        const result = await work(client);
        await client.query('COMMIT');
        return result;
      }),
    );
  }

  /** Runs one read-only statement, with the same retries. */
  async query<Row extends pg.QueryResultRow>(
    sql: string | pg.QueryConfig,
    values: readonly unknown[] = [],
  ): Promise<Row[]> {
    return this.#retry(async pool => {
      const result = await pool.query<Row>(sql, [...values]);
      return result.rows;
    });
  }

  /**
   * Whether the database responds right now; without retries.
   *
   * While other work succeeds, no query is sent: under heavy load it would wait for a connection, and a merely busy
   * instance would be taken out of service.
   */
  async ping(): Promise<void> {
    if (Date.now() - this.#lastAnswerAt < recentMs) return;
    const pool = await this.#current();
    await pool.query('SELECT 1');
    this.#lastAnswerAt = Date.now();
  }

  /** A connection outside the pool, for work that may hold it for long; the caller ends it. */
  async connect(): Promise<pg.Client> {
    const credentials = await this.#options.credentials.fetch();
    const client = new pg.Client({
      ...connectionOptions(this.#options, credentials),
      statement_timeout: 0,
      query_timeout: 0,
    });
    client.on('error', error =>
      this.#options.logger.warn({ err: error }, 'database connection lost'),
    );
    await client.connect();
    return client;
  }

  /** A connection of the pool, as soon as the database accepts one; the caller releases it. */
  acquire(): Promise<pg.PoolClient> {
    return this.#retry(pool => pool.connect());
  }

  /** A separate pool for a library that has its own statements and its own schema; the caller closes it. */
  openPool(options: { max: number; schema: string }): DatabasePool {
    return new DatabasePool({ ...this.#options, ...options });
  }

  async close(): Promise<void> {
    clearTimeout(this.#renewal);
    const pool = this.#pool;
    this.#pool = undefined;
    const opened = await pool?.catch(() => undefined);
    await opened?.end();
  }

  #retry<T>(attempt: (pool: pg.Pool) => Promise<T>): Promise<T> {
    let used: Promise<pg.Pool> | undefined;
    return withRetry(
      {
        budgetMs: this.#options.config.DATABASE_RETRY_BUDGET_MS,
        onAuthenticationError: async () => this.#discard(used),
      },
      async () => {
        used = this.#current();
        const result = await attempt(await used);
        this.#lastAnswerAt = Date.now();
        return result;
      },
    );
  }

  async #withClient<T>(
    pool: pg.Pool,
    work: (client: pg.PoolClient) => Promise<T>,
  ): Promise<T> {
    const client = await pool.connect();
    let broken: Error | undefined;
    try {
      return await work(client);
    } catch (error) {
      broken = await rollback(client, error);
      throw error;
    } finally {
      client.release(broken);
    }
  }

  #current(): Promise<pg.Pool> {
    if (!this.#pool) {
      const opening = this.#open();
      this.#pool = opening;
      // A failed lookup of the secret must not be cached.
      opening.catch(() => this.#discard(opening));
    }
    return this.#pool;
  }

  async #open(): Promise<pg.Pool> {
    const { config, credentials, logger, max, schema } = this.#options;
    const found = await credentials.fetch();
    const pool = new pg.Pool({
      ...connectionOptions(this.#options, found),
      max: max ?? config.DATABASE_POOL_MAX,
      ...(schema && { options: `-c search_path=${schema}` }),
      idleTimeoutMillis: 30_000,
      // Connections are renewed so that a pool is distributed over readers again and follows DNS after a failover.
      maxLifetimeSeconds: 900,
    });
    pool.on('error', error =>
      logger.warn({ err: error }, 'idle database connection lost'),
    );
    // The pool listens only while a client is idle; a connection lost between two statements would end the process.
    pool.on('connect', client =>
      client.on('error', error =>
        logger.debug({ err: error }, 'database connection lost'),
      ),
    );
    this.#renewBefore(found.expiresAt);
    return pool;
  }

  #renewBefore(expiresAt: Date | undefined): void {
    if (!expiresAt) return;
    const remainingMs = Math.max(expiresAt.getTime() - Date.now(), 0);
    const renewing = this.#pool;
    this.#renewal = setTimeout(
      () => this.#discard(renewing),
      // A third of the lease remains for the old pool's work to finish.
      Math.min((remainingMs * 2) / 3, longestRenewalMs),
    ).unref();
  }

  /** Discards this pool unless another request has already replaced it. */
  #discard(pool: Promise<pg.Pool> | undefined): void {
    if (!pool || this.#pool !== pool) return;
    this.#pool = undefined;
    pool
      .then(old => old.end())
      .catch((error: unknown) =>
        this.#options.logger.debug(
          { err: error },
          'the old connection pool could not be closed',
        ),
      );
  }
}

function connectionOptions(
  { config, ca }: DatabasePoolOptions,
  credentials: DatabaseCredentials,
): pg.ClientConfig {
  return {
    host: credentials.host,
    port: credentials.port,
    database: credentials.database,
    user: credentials.user,
    password: credentials.password,
    ssl: sslOptions(config, ca),
    application_name: config.OTEL_SERVICE_NAME,
    connectionTimeoutMillis: config.DATABASE_CONNECT_TIMEOUT_MS,
    statement_timeout: config.DATABASE_STATEMENT_TIMEOUT_MS,
    // The server cannot report a timeout over a dead network, so the client waits only slightly longer than the server.
    query_timeout: config.DATABASE_STATEMENT_TIMEOUT_MS + 1_000,
    idle_in_transaction_session_timeout: 10_000,
    keepAlive: true,
  };
}

function sslOptions(
  config: Config,
  ca: string | undefined,
): pg.ClientConfig['ssl'] {
  if (config.DATABASE_SSL === 'disable') return false;
  if (ca) return { ca };
  return config.DATABASE_CA_FILE
    ? { ca: readFileSync(config.DATABASE_CA_FILE, 'utf8') }
    : true;
}

/** @returns the reason to close the connection if it cannot be reused. */
async function rollback(
  client: pg.PoolClient,
  error: unknown,
): Promise<Error | undefined> {
  if (classifyError(error) === 'connection') return error as Error;
  try {
    await client.query('ROLLBACK');
    return undefined;
  } catch (rollbackError) {
    return rollbackError as Error;
  }
}
