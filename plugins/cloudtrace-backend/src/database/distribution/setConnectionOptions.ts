import type { Knex } from 'knex';
import type { Client } from 'pg';

/**
 * Connections from the coordinator to each worker that a session keeps. A
 * transaction of many entities uses one per shard; with one, the default, it
 * would open the others again and again.
 */
const CACHED_CONNECTIONS_PER_WORKER = 16;

/** How long to wait for a connection to a worker; by default 30 s. */
const NODE_CONNECTION_TIMEOUT_MS = 5_000;

/**
 * Sets the options that each connection to a coordinator needs. Call it before
 * the first query.
 */
export function setConnectionOptions(knex: Knex): void {
  knex.client.pool.on('createSuccess', (_: number, client: Client) => {
    // `pg` runs the queries of a client in order, so this one comes first. If
    // it fails, the connection is broken, and so is the query that follows.
    client
      .query(
        `SET citus.max_cached_conns_per_worker = ${CACHED_CONNECTIONS_PER_WORKER};
         SET citus.node_connection_timeout = ${NODE_CONNECTION_TIMEOUT_MS}`,
      )
      .catch(() => undefined);
  });
}
