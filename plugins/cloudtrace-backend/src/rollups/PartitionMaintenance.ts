import type { LoggerService } from '@backstage/backend-plugin-api';
import type { Knex } from 'knex';
import { DAY_MS } from '@cloudtrace/plugin-cloudtrace-common';
import type { RetentionConfig } from './config';
import { dropPartitions } from './database/dropPartitions';
import { ensurePartitions } from './database/ensurePartitions';
import {
  partitionName,
  partitionedTables,
  partitionStart,
} from './database/partitionedTables';
import { summarizeBlockRanges } from './database/summarizeBlockRanges';
import { singleFlight } from '../periodic/singleFlight';

/** Creates partitions ahead of time, and drops those past their retention. */
export class PartitionMaintenance {
  readonly #options: {
    knex: Knex;
    logger: LoggerService;
    retention: RetentionConfig;
    /** Drops expired data that other areas store by day; called together with the partitions. */
    onDropExpired?: (now: Date) => Promise<void>;
    /** Whether the archive drops the requests, after it has stored them. */
    archivesRequests?: boolean;
    now?: () => Date;
  };

  constructor(options: {
    knex: Knex;
    logger: LoggerService;
    retention: RetentionConfig;
    /** Drops expired data that other areas store by day; called together with the partitions. */
    onDropExpired?: (now: Date) => Promise<void>;
    /** Whether the archive drops the requests, after it has stored them. */
    archivesRequests?: boolean;
    now?: () => Date;
  }) {
    this.#options = options;
  }

  /**
   * Creates the partitions for everything that may be accepted; runs at start,
   * hourly, and when a batch finds no partition.
   */
  readonly ensure = singleFlight(() => this.#ensure());

  async #ensure(): Promise<void> {
    const { knex, retention, logger } = this.#options;
    const created = await ensurePartitions(knex, {
      now: this.#now(),
      rawRetentionMs: retention.rawMs,
    });
    if (created.length > 0) {
      logger.info(`Created ${created.length} partitions`);
    }
  }

  /** Drops data past its retention. */
  async dropExpired(): Promise<string[]> {
    const { knex, retention, logger } = this.#options;
    const nowMs = this.#now().getTime();
    const keptMs = {
      raw: retention.rawMs,
      minute: retention.minuteMs,
      hour: retention.hourMs,
      day: retention.dayMs,
    };
    const dropped: string[] = [];
    for (const table of partitionedTables) {
      if (table.name === 'requests' && this.#options.archivesRequests) continue;
      const before = new Date(nowMs - keptMs[table.retention]);
      dropped.push(...(await dropPartitions(knex, table, before)));
    }
    await this.#options.onDropExpired?.(new Date(nowMs));
    if (dropped.length > 0) {
      logger.info(
        `Dropped partitions past their retention: ${dropped.join(', ')}`,
      );
    }
    return dropped;
  }

  /** Updates block range indexes where rows arrive. */
  async summarize(): Promise<void> {
    const nowMs = this.#now().getTime();
    await summarizeBlockRanges(
      this.#options.knex,
      [nowMs - DAY_MS, nowMs].map(ms =>
        partitionName('requests', partitionStart(new Date(ms), 'day'), 'day'),
      ),
    );
  }

  #now(): Date {
    return this.#options.now?.() ?? new Date();
  }
}
