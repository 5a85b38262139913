import type {
  LifecycleService,
  LoggerService,
} from '@backstage/backend-plugin-api';
import type { Knex } from 'knex';
import {
  ServerPools,
  type EntityServers,
} from './database/distribution/ServerPools';
import {
  countAllNow,
  type RecentRequestCounter,
} from './rollups/recent/RecentRequestCounter';
import { ServerRequestCounter } from './rollups/recent/ServerRequestCounter';

/** A page waits at most this long for a server that hangs. */
const STATEMENT_TIMEOUT_MS = 5_000;

/** Creates what counts recent requests for pages about many entities. */
export function createRecentRequests(deps: {
  knex: Knex;
  /** Whether the tables of entities are in shards on workers. */
  distributed: boolean;
  servers: EntityServers;
  lifecycle: LifecycleService;
  logger: LoggerService;
}): RecentRequestCounter {
  const { knex, lifecycle } = deps;
  if (!deps.distributed) return countAllNow(knex);
  const servers = new ServerPools(knex, deps.servers, {
    connections: 1,
    statementTimeoutMs: STATEMENT_TIMEOUT_MS,
  });
  lifecycle.addShutdownHook(() => servers.close());
  return new ServerRequestCounter({ ...deps, servers });
}
