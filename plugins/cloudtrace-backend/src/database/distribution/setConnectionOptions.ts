import type { Knex } from 'knex';
import type { Client } from 'pg';
import { becomesReady } from './becomesReady';

/**
 * Connections from the coordinator to each worker that a session uses and
 * keeps. A statement about many entities uses one per shard; with one, which
 * the coordinator keeps by default, it would open the others again and again.
 */
const CONNECTIONS_PER_WORKER = 16;

/** How long to wait for a connection to a worker; by default 30 s. */
const NODE_CONNECTION_TIMEOUT_MS = 5_000;

/** Options that differ between pools. */
export interface ConnectionOptions {
  connectionsPerWorker?: number;
  /** By default no limit. */
  statementTimeoutMs?: number;
}

/**
 * Sets the options that each connection to a coordinator needs, and keeps the
 * pool from giving out those that are stuck. Call it before
 * the first query.
 */
export function setConnectionOptions(
  knex: Knex,
  {
    connectionsPerWorker = CONNECTIONS_PER_WORKER,
    statementTimeoutMs,
  }: ConnectionOptions = {},
): void {
  const settings = [
    `SET citus.max_cached_conns_per_worker = ${connectionsPerWorker}`,
    `SET citus.max_adaptive_executor_pool_size = ${connectionsPerWorker}`,
    `SET citus.node_connection_timeout = ${NODE_CONNECTION_TIMEOUT_MS}`,
    ...(statementTimeoutMs === undefined
      ? []
      : [`SET statement_timeout = ${statementTimeoutMs}`]),
  ].join('; ');
  knex.client.pool.on('createSuccess', (_: number, client: Client) => {
    // `pg` runs the queries of a client in order, so this one comes first. If
    // it fails, the connection is broken, and so is the query that follows.
    client.query(settings).catch(() => undefined);
  });
  // The pool asks before it gives out a connection, also a new one.
  knex.client.validateConnection = becomesReady;
}
