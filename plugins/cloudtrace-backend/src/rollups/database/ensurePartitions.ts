import type { Knex } from 'knex';
import { DAY_MS } from '@cloudtrace/plugin-cloudtrace-common';
import { createPartitions } from './createPartitions';
import { partitionedTables } from './partitionedTables';

/** How far ahead to create partitions; maintenance may stop for that long. */
export const PARTITIONS_AHEAD_DAYS = 3;

/**
 * Creates every partition that an accepted request can belong to: from the
 * oldest accepted start to a few days ahead. Their number depends only on the
 * clock and the configuration, never on what anyone sends.
 */
export async function ensurePartitions(
  knex: Knex,
  options: { now: Date; rawRetentionMs: number },
): Promise<string[]> {
  const range = {
    from: new Date(options.now.getTime() - options.rawRetentionMs),
    to: new Date(options.now.getTime() + PARTITIONS_AHEAD_DAYS * DAY_MS),
  };
  const created: string[] = [];
  for (const table of partitionedTables) {
    created.push(...(await createPartitions(knex, table, range)));
  }
  return created;
}
