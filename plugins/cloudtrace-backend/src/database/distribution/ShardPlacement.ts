import type {
  LifecycleService,
  LoggerService,
} from '@backstage/backend-plugin-api';
import type { Knex } from 'knex';
import { queryRows } from '../queryRows';
import type { EntityPlacement } from './EntityPlacement';
import { hashEntityId } from './hashEntityId';
import { tablePlacement } from './tablePlacement';

/** A rebalance moves shards; a stale placement costs speed, not correctness. */
const REFRESH_MS = 30_000;

/** A part of the entities: those whose hash is at least `lowest`, up to the next part. */
interface Shard {
  lowest: number;
  /** Number of the worker. */
  server: number;
}

/**
 * Which worker of a distributed database stores an entity, as the coordinator
 * knows it. The tables of entities are colocated, so one of them speaks for all.
 */
export class ShardPlacement implements EntityPlacement {
  readonly #knex: Knex;
  readonly #logger: Pick<LoggerService, 'warn'>;
  #shards: readonly Shard[] = [];
  #servers: readonly number[] = [];
  #reading: Promise<void> | undefined;

  private constructor(knex: Knex, logger: Pick<LoggerService, 'warn'>) {
    this.#knex = knex;
    this.#logger = logger;
  }

  /** Reads the placement, and reads it again at intervals until shutdown. */
  static async load(options: {
    knex: Knex;
    logger: Pick<LoggerService, 'warn'>;
    lifecycle?: LifecycleService;
  }): Promise<ShardPlacement> {
    const placement = new ShardPlacement(options.knex, options.logger);
    await placement.#read();
    const timer = setInterval(() => placement.refresh(), REFRESH_MS).unref();
    options.lifecycle?.addShutdownHook(() => clearInterval(timer));
    return placement;
  }

  get servers(): readonly number[] {
    return this.#servers;
  }

  serverOf(entityId: number): number {
    const hash = hashEntityId(entityId);
    let low = 0;
    let high = this.#shards.length - 1;
    while (low < high) {
      const middle = (low + high + 1) >> 1;
      if (this.#shards[middle].lowest <= hash) low = middle;
      else high = middle - 1;
    }
    return this.#shards[low].server;
  }

  refresh(): void {
    this.#reading ??= this.#read()
      .catch(error =>
        this.#logger.warn('Could not read where entities are stored', error),
      )
      .finally(() => {
        this.#reading = undefined;
      });
  }

  /** Asks the coordinator's own tables only, so it works while workers are down. */
  async #read(): Promise<void> {
    const [table] = tablePlacement.distributed;
    const shards = await queryRows<Shard>(
      this.#knex,
      `SELECT s.shardminvalue::int4 AS lowest, min(p.groupid) AS server
         FROM pg_dist_shard s
         JOIN pg_dist_placement p ON p.shardid = s.shardid AND p.shardstate = 1
        WHERE s.logicalrelid = to_regclass(?)
        GROUP BY 1 ORDER BY 1`,
      [table],
    );
    if (shards.length === 0) {
      throw new Error(`The table ${table} is not distributed`);
    }
    this.#shards = shards;
    this.#servers = [...new Set(shards.map(({ server }) => server))].sort(
      (a, b) => a - b,
    );
  }
}
