import { DrizzleQueryError } from 'drizzle-orm';
import { drizzle, type NodePgDatabase } from 'drizzle-orm/node-postgres';
import type pg from 'pg';
import type { DatabasePool } from '../database/DatabasePool.js';
import * as schema from './schema.js';

/** Drizzle on one connection, or on the pool. */
export type Queries = NodePgDatabase<typeof schema>;

/** Drizzle over the service's connection pool, with the pool's retries. */
export class ServiceDatabase {
  readonly #pool: DatabasePool;
  /** Single statements that are safe to repeat. */
  readonly queries: Queries;

  constructor(pool: DatabasePool) {
    this.#pool = pool;
    this.queries = drizzle({ client: retrying(pool), schema });
  }

  /** Runs `work` in one transaction and repeats all of it after a temporary error; it must be safe to repeat. */
  transaction<T>(work: (queries: Queries) => Promise<T>): Promise<T> {
    return this.#pool.transaction(client =>
      work(drizzle({ client, schema })).catch(rethrowCause),
    );
  }
}

/** Drizzle's own error quotes all values of the statement; PostgreSQL's says what can be done about it. */
export function causeOf(error: unknown): unknown {
  return error instanceof DrizzleQueryError ? error.cause : error;
}

function rethrowCause(error: unknown): never {
  throw causeOf(error);
}

/** The one method of a `pg.Pool` that Drizzle calls for a statement outside a transaction. */
function retrying(pool: DatabasePool): pg.Pool {
  const query = async (statement: pg.QueryConfig, values: unknown[]) => ({
    rows: await pool.query(statement, values),
  });
  return { query } as unknown as pg.Pool;
}
