import type { LifecycleService } from '@backstage/backend-plugin-api';
import type { Knex } from 'knex';
import {
  oneServer,
  ServerPools,
  type EntityServers,
} from './database/distribution/ServerPools';

/** A page waits at most this long for a server that hangs. */
const STATEMENT_TIMEOUT_MS = 5_000;

/** For each worker of a distributed database. */
const CONNECTIONS = 2;

/**
 * Opens what pages about all entities ask server by server. A server that hangs
 * holds up nothing else.
 */
export function openPageServers({
  knex,
  distributed,
  servers,
  lifecycle,
}: {
  knex: Knex;
  /** Whether the tables of entities are in shards on workers. */
  distributed: boolean;
  /** Where entities are stored. */
  servers: EntityServers;
  lifecycle: LifecycleService;
}): EntityServers {
  if (!distributed) return oneServer(knex);
  const pools = new ServerPools(knex, servers, {
    connections: CONNECTIONS,
    statementTimeoutMs: STATEMENT_TIMEOUT_MS,
  });
  lifecycle.addShutdownHook(() => pools.close());
  return pools;
}
