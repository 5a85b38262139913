import type { LoggerService } from '@backstage/backend-plugin-api';
import type { Knex } from 'knex';
import {
  entitiesByServer,
  type ServerEntities,
} from '../database/distribution/entitiesByServer';
import {
  oneServer,
  type EntityServers,
} from '../database/distribution/ServerPools';
import { isOutage } from '../database/isOutage';
import { compactEntity, type CompactionResult } from './database/compactEntity';
import { EnvironmentNotes } from './database/EnvironmentNotes';
import { findEntitiesToCompact } from './database/findEntitiesToCompact';

interface CompactorOptions {
  knex: Knex;
  /** Where entities are stored; one server by default. */
  servers?: EntityServers;
  logger: LoggerService;
  now?: () => Date;
}

/** Merges deltas into rollups, entity by entity, on all servers at once. */
export class RollupCompactor {
  readonly #options: CompactorOptions;
  readonly #servers: EntityServers;
  readonly #environments = new EnvironmentNotes();
  /** When each server was last completed, or first tried. */
  readonly #completedAt = new Map<number, Date>();

  constructor(options: CompactorOptions) {
    this.#options = options;
    this.#servers = options.servers ?? oneServer(options.knex);
  }

  /** When this replica last completed all entities of every server. */
  get lastCompletedAt(): Date | undefined {
    const [first, ...others] = this.#completedAt.values();
    return others.reduce(
      (oldest, each) => (each < oldest ? each : oldest),
      first,
    );
  }

  /** Compacts all entities; a failing one does not stop the others. */
  async run(signal?: AbortSignal): Promise<CompactionResult> {
    const now = this.#options.now?.() ?? new Date();
    const total: CompactionResult = { deltas: 0, hours: 0, days: 0 };
    const parts = await entitiesByServer(this.#options.knex, this.#servers);
    this.#forgetOtherServers(parts);
    await Promise.all(
      parts.map(part => this.#compactServer(part, { now, total, signal })),
    );
    return total;
  }

  async #compactServer(
    { server, knex, entityIds }: ServerEntities,
    run: { now: Date; total: CompactionResult; signal?: AbortSignal },
  ): Promise<void> {
    const startedAt = new Date();
    const { now, total, signal } = run;
    let failed = false;
    try {
      for (const work of await findEntitiesToCompact(knex, now, entityIds)) {
        if (signal?.aborted) return;
        try {
          const done = await compactEntity(
            knex,
            work.entityId,
            now,
            work,
            this.#environments,
          );
          total.deltas += done.deltas;
          total.hours += done.hours;
          total.days += done.days;
        } catch (error) {
          // Each of the other entities would wait for the server as well.
          if (isOutage(error as Error)) throw error;
          failed = true;
          this.#options.logger.warn(
            `Could not compact the rollups of entity ${work.entityId}`,
            error as Error,
          );
        }
      }
    } catch (error) {
      failed = true;
      this.#servers.refresh();
      this.#options.logger.warn(
        `Could not compact the rollups on database server ${server}; its requests are counted when it is back`,
        error as Error,
      );
    }
    if (!failed) {
      this.#completedAt.set(server, new Date());
    } else if (!this.#completedAt.has(server)) {
      this.#completedAt.set(server, startedAt);
    }
  }

  #forgetOtherServers(parts: readonly ServerEntities[]): void {
    const known = new Set(parts.map(({ server }) => server));
    for (const server of [...this.#completedAt.keys()]) {
      if (!known.has(server)) this.#completedAt.delete(server);
    }
  }
}
