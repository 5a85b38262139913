import type { Knex } from 'knex';
import { queryRows } from '../../database/queryRows';
import {
  partitionName,
  partitionStart,
} from '../../rollups/database/partitionedTables';
import type { ArchiveDay } from '../types';
import { advanceDay } from './archiveDays';
import { countDay, dayStart } from '../../requests/database/countDay';

/** How long a drop waits for running queries before it is left for the next run. */
const LOCK_TIMEOUT = '2s';

/** The name of the partition of a day. */
function dayPartition(day: string): string {
  return partitionName('requests', partitionStart(dayStart(day), 'day'), 'day');
}

/** Whether the partition of a day exists. */
export async function hasPartition(knex: Knex, day: string): Promise<boolean> {
  const rows = await queryRows<{ found: string | null }>(
    knex,
    'SELECT to_regclass(?)::text AS found',
    [dayPartition(day)],
  );
  return rows[0].found !== null;
}

/**
 * Drops the partition of a verified day and records it, both or neither. The
 * lock keeps writers out while the rows are counted once more: none may be
 * dropped that arrived after the export.
 *
 * @returns `busy` if the lock was not free within two seconds; `changed` if the
 * number of rows differs, or if another replica has moved the day
 */
export async function dropDay(
  knex: Knex,
  day: ArchiveDay,
): Promise<'dropped' | 'busy' | 'changed'> {
  try {
    return await knex.transaction(async tx => {
      if (!(await hasPartition(tx, day.day))) {
        return (await advanceDay(tx, day, 'dropped')) ? 'dropped' : 'changed';
      }
      await tx.raw(`SET LOCAL lock_timeout = '${LOCK_TIMEOUT}'`);
      await tx.raw('LOCK TABLE ?? IN SHARE MODE', [dayPartition(day.day)]);
      if ((await countDay(tx, day.day)) !== day.requests) return 'changed';
      if (!(await advanceDay(tx, day, 'dropped'))) return 'changed';
      await tx.raw('DROP TABLE ??', [dayPartition(day.day)]);
      return 'dropped';
    });
  } catch (error) {
    if ((error as { code?: string }).code === '55P03') return 'busy';
    throw error;
  }
}

/**
 * Drops the partition of a day that is in the archive already, if it is empty:
 * it was made again because the retention became longer.
 *
 * @returns whether it is gone
 */
export async function dropEmptyDay(knex: Knex, day: string): Promise<boolean> {
  return knex.transaction(async tx => {
    await tx.raw(`SET LOCAL lock_timeout = '${LOCK_TIMEOUT}'`);
    await tx.raw('LOCK TABLE ?? IN SHARE MODE', [dayPartition(day)]);
    if ((await countDay(tx, day)) > 0) return false;
    await tx.raw('DROP TABLE ??', [dayPartition(day)]);
    return true;
  });
}
