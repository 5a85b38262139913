import type { LoggerService } from '@backstage/backend-plugin-api';
import type { Knex } from 'knex';
import type { EntityServers } from './database/distribution/ServerPools';
import {
  countAllNow,
  type RecentRequestCounter,
} from './rollups/recent/RecentRequestCounter';
import { ServerRequestCounter } from './rollups/recent/ServerRequestCounter';

/** Creates what counts recent requests for pages about many entities. */
export function createRecentRequests(deps: {
  knex: Knex;
  /** Whether the tables of entities are in shards on workers. */
  distributed: boolean;
  /** With a limit for the time of a statement. */
  servers: EntityServers;
  logger: LoggerService;
}): RecentRequestCounter {
  return deps.distributed
    ? new ServerRequestCounter(deps)
    : countAllNow(deps.knex);
}
