import type { LoggerService } from '@backstage/backend-plugin-api';
import { groupBy } from '@cloudtrace/plugin-cloudtrace-common';
import type { Knex } from 'knex';
import {
  entitiesByServer,
  type ServerEntities,
} from '../../database/distribution/entitiesByServer';
import type { EntityServers } from '../../database/distribution/ServerPools';
import { queryRows } from '../../database/queryRows';
import {
  countRecentRequestsOf,
  type RecentRequests,
} from '../database/countRecentRequests';
import {
  RECENT_MS,
  type RecentCounts,
  type RecentRequestCounter,
} from './RecentRequestCounter';

/** Counts are used again for this time; then the next page counts again. */
const FRESH_MS = 15_000;

/** Older counts are no longer shown, because their server does not respond. */
const MAX_AGE_MS = 60_000;

/** What is known of the entities of a server. */
interface ServerCounts {
  /** By entity ref. */
  rows: ReadonlyMap<string, RecentRequests[]>;
  countedAtMs: number;
}

/**
 * Counts the recent requests of all entities server by server and keeps the
 * counts for a quarter of a minute: to count takes a question to every shard of
 * every server, far more than all else that a page about all entities reads.
 *
 * A server that does not respond makes its entities unknown; the others are
 * counted.
 */
export class ServerRequestCounter implements RecentRequestCounter {
  readonly #knex: Knex;
  readonly #servers: EntityServers;
  readonly #logger: Pick<LoggerService, 'warn'>;
  readonly #now: () => number;
  readonly #counts = new Map<number, ServerCounts>();
  #counting: Promise<void> | undefined;

  constructor(options: {
    /** For the list of entities. */
    knex: Knex;
    /** With a limit for the time of a statement. */
    servers: EntityServers;
    logger: Pick<LoggerService, 'warn'>;
    now?: () => number;
  }) {
    this.#knex = options.knex;
    this.#servers = options.servers;
    this.#logger = options.logger;
    this.#now = options.now ?? Date.now;
  }

  async count(entityRefs: readonly string[]): Promise<RecentCounts> {
    const { servers } = this.#servers;
    if (servers.some(server => this.#ageMs(server) > FRESH_MS)) {
      const counting = this.#countAll();
      // Whoever finds counts that may still be shown does not wait.
      if (servers.some(server => this.#ageMs(server) > MAX_AGE_MS)) {
        await counting;
      }
    }
    return this.#select(entityRefs);
  }

  async #select(entityRefs: readonly string[]): Promise<RecentCounts> {
    const stale = this.#servers.servers.filter(
      server => this.#ageMs(server) > MAX_AGE_MS,
    );
    const current = [...this.#counts.entries()]
      .filter(([server]) => !stale.includes(server))
      .map(([, counts]) => counts);
    const asOfMs = Math.min(
      this.#now(),
      ...current.map(({ countedAtMs }) => countedAtMs),
    );
    return {
      rows: entityRefs.flatMap(ref =>
        current.flatMap(({ rows }) => rows.get(ref) ?? []),
      ),
      unknown:
        stale.length > 0
          ? await this.#refsOn(new Set(stale), entityRefs)
          : new Set(),
      asOf: new Date(asOfMs),
    };
  }

  #ageMs(server: number): number {
    const counts = this.#counts.get(server);
    return counts ? this.#now() - counts.countedAtMs : Infinity;
  }

  #countAll(): Promise<void> {
    this.#counting ??= this.#countServers().finally(() => {
      this.#counting = undefined;
    });
    return this.#counting;
  }

  async #countServers(): Promise<void> {
    try {
      const parts = await entitiesByServer(this.#knex, this.#servers);
      const known = new Set(parts.map(({ server }) => server));
      for (const server of [...this.#counts.keys()]) {
        if (!known.has(server)) this.#counts.delete(server);
      }
      await Promise.all(parts.map(part => this.#countServer(part)));
    } catch (error) {
      this.#logger.warn('Could not list entities', error as Error);
    }
  }

  async #countServer(part: ServerEntities): Promise<void> {
    if (this.#ageMs(part.server) <= FRESH_MS) return;
    const countedAtMs = this.#now();
    try {
      const rows = await countRecentRequestsOf(
        part.knex,
        part.entityIds ?? (await this.#listEntities()),
        new Date(countedAtMs - RECENT_MS),
      );
      this.#counts.set(part.server, {
        rows: groupBy(rows, row => row.entityRef),
        countedAtMs,
      });
    } catch (error) {
      this.#servers.refresh();
      this.#logger.warn(
        `Could not count recent requests on database server ${part.server}`,
        error as Error,
      );
    }
  }

  async #listEntities(): Promise<number[]> {
    const rows = await queryRows<{ entityId: number }>(
      this.#knex,
      'SELECT entity_id AS "entityId" FROM entities',
    );
    return rows.map(({ entityId }) => entityId);
  }

  async #refsOn(
    servers: ReadonlySet<number>,
    entityRefs: readonly string[],
  ): Promise<Set<string>> {
    const rows = await queryRows<{ entityId: number; entityRef: string }>(
      this.#knex,
      `SELECT entity_id AS "entityId", entity_ref AS "entityRef"
         FROM entities WHERE entity_ref = ANY(?::text[])`,
      [[...entityRefs]],
    );
    return new Set(
      rows
        .filter(row => servers.has(this.#servers.serverOf(row.entityId)))
        .map(row => row.entityRef),
    );
  }
}
