import type {
  ArchiveFile,
  ArchiveSummary,
} from '@cloudtrace/plugin-cloudtrace-node';
import type { Knex } from 'knex';
import { changeRows, queryRows } from '../../database/queryRows';
import type { ArchiveDay, ManifestFile, PlannedFile } from '../types';

interface DbFileRow {
  number: number;
  path: string;
  entity_ids: number[];
  from_at: Date;
  to_at: Date;
  requests: number;
  checksum: string | null;
  bytes: number | null;
  sha256: string | null;
  verified: boolean;
}

const COLUMNS = `number, path, entity_ids, from_at, to_at, requests::float8 AS requests,
  checksum, bytes::float8 AS bytes, sha256, verified`;

/** Reads the files of a day, newest part of the day first. */
export async function listDayFiles(
  knex: Knex,
  day: string,
): Promise<ManifestFile[]> {
  const rows = await queryRows<DbFileRow>(
    knex,
    `SELECT ${COLUMNS} FROM request_archive_files
      WHERE day = ?::date ORDER BY to_at DESC, number`,
    [day],
  );
  return rows.map(toFile);
}

/** Reads the files of a day that hold an entity, newest part of the day first. */
export async function listEntityFiles(
  knex: Knex,
  query: { day: string; entityId: number; from: Date; to: Date },
): Promise<ManifestFile[]> {
  const rows = await queryRows<DbFileRow>(
    knex,
    `SELECT ${COLUMNS} FROM request_archive_files
      WHERE day = ?::date AND entity_ids @> ?::int4[] AND from_at < ? AND to_at > ?
      ORDER BY to_at DESC, number`,
    [query.day, [query.entityId], query.to, query.from],
  );
  return rows.map(toFile);
}

/** Begins a day, or begins it again with other files, in one transaction. */
export async function beginDay(
  knex: Knex,
  day: Pick<ArchiveDay, 'day' | 'generation' | 'location'>,
  files: readonly PlannedFile[],
): Promise<void> {
  const requests = files.reduce((sum, file) => sum + file.requests, 0);
  await knex.transaction(async tx => {
    await changeRows(
      tx,
      `DELETE FROM request_archive_days WHERE day = ?::date AND generation < ?`,
      [day.day, day.generation],
    );
    // Fails if another replica has begun the day.
    await changeRows(
      tx,
      `INSERT INTO request_archive_days (day, state, generation, location, requests)
       VALUES (?::date, 'exporting', ?, ?, ?)`,
      [day.day, day.generation, day.location, requests],
    );
    for (const file of files) {
      await changeRows(
        tx,
        `INSERT INTO request_archive_files (day, number, path, entity_ids, from_at, to_at, requests)
         VALUES (?::date, ?, ?, ?, ?, ?, ?)`,
        [
          day.day,
          file.number,
          file.path,
          file.entityIds,
          file.from,
          file.to,
          file.requests,
        ],
      );
    }
  });
}

/** Records that a file is stored, with what the database has for it. */
export async function recordStored(
  knex: Knex,
  day: string,
  stored: ArchiveFile & Pick<ArchiveSummary, 'checksum'>,
): Promise<void> {
  await changeRows(
    knex,
    `UPDATE request_archive_files SET bytes = ?, sha256 = ?, checksum = ?
      WHERE day = ?::date AND path = ?`,
    [stored.bytes, stored.sha256, stored.checksum, day, stored.path],
  );
}

/** Records that a stored file has exactly the rows of the database. */
export async function recordVerified(
  knex: Knex,
  day: string,
  path: string,
): Promise<void> {
  await changeRows(
    knex,
    `UPDATE request_archive_files SET verified = true WHERE day = ?::date AND path = ?`,
    [day, path],
  );
}

function toFile(row: DbFileRow): ManifestFile {
  return {
    number: row.number,
    path: row.path,
    entityIds: row.entity_ids,
    from: row.from_at,
    to: row.to_at,
    requests: row.requests,
    checksum: row.checksum ?? undefined,
    bytes: row.bytes ?? undefined,
    sha256: row.sha256 ?? undefined,
    verified: row.verified,
  };
}
