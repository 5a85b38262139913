import type { Knex } from 'knex';
import { queryRows } from '../../database/queryRows';

/** What is in the archive, and what does not go on. */
export interface ArchiveStatus {
  days: number;
  requests: number;
  bytes: number;
  /** Oldest and newest archived day (ISO date); absent without any. */
  oldestDay?: string;
  newestDay?: string;
  lastArchivedAt?: Date;
  /** The oldest day that failed. */
  failedDay?: string;
  failedAt?: Date;
  error?: string;
}

interface DbStatusRow {
  days: number;
  requests: number;
  bytes: number;
  oldest_day: string | null;
  newest_day: string | null;
  last_archived_at: Date | null;
}

interface DbFailureRow {
  day: string;
  failed_at: Date;
  error: string;
}

/** Reads what is in the archive, and the oldest failure. */
export async function readArchiveStatus(knex: Knex): Promise<ArchiveStatus> {
  const [status] = await queryRows<DbStatusRow>(
    knex,
    `SELECT count(*)::int AS days, coalesce(sum(d.requests), 0)::float8 AS requests,
            coalesce(sum(f.bytes), 0)::float8 AS bytes, min(d.day)::text AS oldest_day,
            max(d.day)::text AS newest_day, max(d.dropped_at) AS last_archived_at
       FROM request_archive_days d
       LEFT JOIN (SELECT day, sum(bytes) AS bytes FROM request_archive_files GROUP BY 1) f USING (day)
      WHERE d.state = 'dropped'`,
  );
  const [failure] = await queryRows<DbFailureRow>(
    knex,
    `SELECT day::text AS day, failed_at, error FROM request_archive_days
      WHERE error IS NOT NULL ORDER BY request_archive_days.day LIMIT 1`,
  );
  return {
    days: status.days,
    requests: status.requests,
    bytes: status.bytes,
    oldestDay: status.oldest_day ?? undefined,
    newestDay: status.newest_day ?? undefined,
    lastArchivedAt: status.last_archived_at ?? undefined,
    failedDay: failure?.day,
    failedAt: failure?.failed_at,
    error: failure?.error,
  };
}
