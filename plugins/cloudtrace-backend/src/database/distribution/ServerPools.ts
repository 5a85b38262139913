import type { Knex } from 'knex';
import { ONE_SERVER, type EntityPlacement } from './EntityPlacement';
import { openPool } from './openPool';

/** How to reach the server that stores an entity. */
export interface EntityServers extends EntityPlacement {
  /** The connections for statements about entities of one server. */
  poolOf(server: number): Knex;
  /** Closes connections that were opened for this purpose. */
  close(): Promise<void>;
}

/** One server stores everything, and one pool serves everybody. */
export function oneServer(knex: Knex): EntityServers {
  return { ...ONE_SERVER, poolOf: () => knex, close: async () => undefined };
}

/**
 * A pool of connections to the coordinator for each worker. Statements that
 * wait for a hung worker then hold connections of its pool only, and the
 * queries of the portal hold none of them.
 */
export class ServerPools implements EntityServers {
  readonly #knex: Knex;
  readonly #placement: EntityPlacement;
  readonly #options: { connections: number; statementTimeoutMs: number };
  readonly #pools = new Map<number, Knex>();

  constructor(
    knex: Knex,
    placement: EntityPlacement,
    options: { connections: number; statementTimeoutMs: number },
  ) {
    this.#knex = knex;
    this.#placement = placement;
    this.#options = options;
  }

  get servers(): readonly number[] {
    return this.#placement.servers;
  }

  serverOf(entityId: number): number {
    return this.#placement.serverOf(entityId);
  }

  refresh(): void {
    this.#placement.refresh();
  }

  poolOf(server: number): Knex {
    let pool = this.#pools.get(server);
    if (!pool) {
      // The shards of a transaction are all on one worker. Over one connection
      // they are written one after the other, but prepared and committed once.
      pool = openPool(this.#knex, {
        ...this.#options,
        connectionsPerWorker: 1,
      });
      this.#pools.set(server, pool);
    }
    return pool;
  }

  async close(): Promise<void> {
    await Promise.all([...this.#pools.values()].map(pool => pool.destroy()));
  }
}
