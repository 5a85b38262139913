import type { LoggerService } from '@backstage/backend-plugin-api';
import type { Knex } from 'knex';
import { compactEntity, type CompactionResult } from './database/compactEntity';
import { findEntitiesToCompact } from './database/findEntitiesToCompact';

/** Merges deltas into rollups, entity by entity. */
export class RollupCompactor {
  #lastCompletedAt: Date | undefined;
  readonly #options: {
    knex: Knex;
    logger: LoggerService;
    now?: () => Date;
  };

  constructor(options: {
    knex: Knex;
    logger: LoggerService;
    now?: () => Date;
  }) {
    this.#options = options;
  }

  /** When this replica last completed all entities. */
  get lastCompletedAt(): Date | undefined {
    return this.#lastCompletedAt;
  }

  /** Compacts all entities; a failing one does not stop the others. */
  async run(signal?: AbortSignal): Promise<CompactionResult> {
    const { knex, logger } = this.#options;
    const now = this.#options.now?.() ?? new Date();
    const total: CompactionResult = { deltas: 0, hours: 0, days: 0 };
    let failed = false;
    for (const entityId of await findEntitiesToCompact(knex, now)) {
      if (signal?.aborted) {
        return total;
      }
      try {
        const done = await compactEntity(knex, entityId, now);
        total.deltas += done.deltas;
        total.hours += done.hours;
        total.days += done.days;
      } catch (error) {
        failed = true;
        logger.warn(
          `Could not compact the rollups of entity ${entityId}`,
          error as Error,
        );
      }
    }
    if (!failed) {
      this.#lastCompletedAt = new Date();
    }
    return total;
  }
}
