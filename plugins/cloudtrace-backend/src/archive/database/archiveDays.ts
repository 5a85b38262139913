import type { Knex } from 'knex';
import { changeRows, queryRows } from '../../database/queryRows';
import type { ArchiveDay, ArchiveState } from '../types';

interface DbDayRow {
  day: string;
  state: ArchiveState;
  generation: number;
  location: string;
  requests: number;
}

const COLUMNS = `day::text AS day, state, generation, location, requests::float8 AS requests`;

/** The generation of a day before its first plan. */
export const UNPLANNED = 0;

/** Reads all days of the manifest in some states, oldest first. */
export async function listArchiveDays(
  knex: Knex,
  states: readonly ArchiveState[],
): Promise<ArchiveDay[]> {
  return queryRows<DbDayRow>(
    knex,
    `SELECT ${COLUMNS} FROM request_archive_days
      WHERE state = ANY(?::text[]) ORDER BY request_archive_days.day`,
    [[...states]],
  );
}

/** Reads one day of the manifest. */
export async function readArchiveDay(
  knex: Knex,
  day: string,
): Promise<ArchiveDay | undefined> {
  const rows = await queryRows<DbDayRow>(
    knex,
    `SELECT ${COLUMNS} FROM request_archive_days WHERE day = ?::date`,
    [day],
  );
  return rows[0];
}

/** Reads which days of a range are in the archive only, newest first. */
export async function listArchivedDays(
  knex: Knex,
  range: { from: string; to: string; limit: number },
): Promise<string[]> {
  const rows = await queryRows<{ day: string }>(
    knex,
    `SELECT day::text AS day FROM request_archive_days
      WHERE state = 'dropped' AND day >= ?::date AND day <= ?::date
      ORDER BY request_archive_days.day DESC LIMIT ?`,
    [range.from, range.to, range.limit],
  );
  return rows.map(({ day }) => day);
}

/**
 * Moves a day to its next state, unless another replica has moved it or begun
 * it again. Resolves to whether it moved.
 */
export async function advanceDay(
  knex: Knex,
  { day, generation, state }: ArchiveDay,
  next: ArchiveState,
): Promise<boolean> {
  const changed = await changeRows(
    knex,
    `UPDATE request_archive_days
        SET state = ?, error = NULL, failed_at = NULL, dropped_at = CASE WHEN ? THEN ?::timestamptz ELSE dropped_at END
      WHERE day = ?::date AND generation = ? AND state = ?`,
    [next, next === 'dropped', new Date(), day, generation, state],
  );
  return changed > 0;
}

/**
 * Records why a day could not go on. A day that could not even be planned gets
 * a row without files, of generation {@link UNPLANNED}.
 */
export async function recordFailure(
  knex: Knex,
  failure: { day: string; location: string; error: string },
): Promise<void> {
  await changeRows(
    knex,
    `INSERT INTO request_archive_days (day, state, generation, location, requests, error, failed_at)
     VALUES (?::date, 'exporting', ?, ?, 0, ?, ?)
     ON CONFLICT (day) DO UPDATE SET error = excluded.error, failed_at = excluded.failed_at`,
    [failure.day, UNPLANNED, failure.location, failure.error, new Date()],
  );
}

/** Forgets failures of archived days, except of those that have a partition again. */
export async function clearFailures(
  knex: Knex,
  daysWithPartition: readonly string[],
): Promise<void> {
  await changeRows(
    knex,
    `UPDATE request_archive_days SET error = NULL, failed_at = NULL
      WHERE state = 'dropped' AND error IS NOT NULL AND day <> ALL(?::date[])`,
    [[...daysWithPartition]],
  );
}

/** Forgets a day and its files. */
export async function forgetDay(knex: Knex, day: string): Promise<void> {
  await changeRows(
    knex,
    `DELETE FROM request_archive_days WHERE day = ?::date`,
    [day],
  );
}
