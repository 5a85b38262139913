import type { Knex } from 'knex';
import { queryRows } from '../../database/queryRows';
import type { DbFleetResourceRow, ResourceSnapshot } from './rows';

/** The stored state that a report continues. */
export interface ReportStart {
  observedAt?: Date;
  snapshot: ResourceSnapshot;
}

/**
 * Locks a resource for a new report. Resolves to `undefined` if a newer report
 * is already stored: a leader that was suspended must not write when it
 * resumes.
 */
export async function beginReport(
  tx: Knex.Transaction,
  resourceId: number,
  observedAt: Date,
): Promise<ReportStart | undefined> {
  const rows = await queryRows<
    Pick<DbFleetResourceRow, 'observed_at' | 'snapshot'>
  >(
    tx,
    `SELECT observed_at, snapshot FROM fleet_resources
      WHERE resource_id = ? AND (observed_at IS NULL OR observed_at <= ?)
        FOR UPDATE`,
    [resourceId, observedAt],
  );
  if (rows.length === 0) return undefined;
  return {
    observedAt: rows[0].observed_at ?? undefined,
    snapshot: rows[0].snapshot,
  };
}
