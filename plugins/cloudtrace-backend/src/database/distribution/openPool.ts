import knexFactory, { type Knex } from 'knex';
import {
  setConnectionOptions,
  type ConnectionOptions,
} from './setConnectionOptions';

/**
 * Opens another pool to the coordinator. What waits for a hung worker elsewhere
 * holds none of its connections.
 */
export function openPool(
  knex: Knex,
  { connections, ...options }: ConnectionOptions & { connections: number },
): Knex {
  const pool = openPlainPool(knex, { connections });
  setConnectionOptions(pool, options);
  return pool;
}

/**
 * Opens another pool to the same database, without settings of its own: a
 * pooler may give its connections to others.
 */
export function openPlainPool(
  knex: Knex,
  {
    connections,
    acquireTimeoutMs,
  }: { connections: number; acquireTimeoutMs?: number },
): Knex {
  const { config } = knex.client as { config: Knex.Config };
  const pool = knexFactory({
    ...config,
    pool: { ...config.pool, min: 0, max: connections },
    ...(acquireTimeoutMs !== undefined && {
      acquireConnectionTimeout: acquireTimeoutMs,
    }),
  });
  // A connection that breaks while nobody uses it; the pool replaces it.
  pool.on('error', () => undefined);
  return pool;
}
