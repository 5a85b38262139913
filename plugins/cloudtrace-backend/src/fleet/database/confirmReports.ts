import type { FleetPart } from '@cloudtrace/plugin-cloudtrace-common';
import type { Knex } from 'knex';
import { arrayBinding } from '../../database/arrayBinding';
import { queryRows } from '../../database/queryRows';

/** A report that says the same as the stored one, and when its parts were read. */
export interface ConfirmedReport {
  resourceId: number;
  /** The stored report that is confirmed. */
  revision: string;
  observedAt: Date;
  /** When the parts were read that were read again. */
  readAt: Partial<Record<FleetPart, string>>;
  /** Whether the report is complete. */
  complete: boolean;
}

/**
 * Stores that resources are as they were, in one statement. Resolves to the ids
 * of those whose stored report is still the confirmed one and not newer.
 */
export async function confirmReports(
  tx: Knex.Transaction,
  reports: readonly ConfirmedReport[],
): Promise<Set<number>> {
  const rows = await queryRows<{ resource_id: number }>(
    tx,
    `UPDATE fleet_resources r
        SET observed_at = c.observed_at,
            attempted_at = c.observed_at,
            snapshot = jsonb_set(r.snapshot, '{readAt}', (r.snapshot -> 'readAt') || c.read_at),
            last_success_at = CASE WHEN c.complete THEN c.observed_at ELSE r.last_success_at END
       FROM unnest(?::int4[], ?::text[], ?::timestamptz[], ?::jsonb[], ?::bool[])
         AS c (resource_id, revision, observed_at, read_at, complete)
      WHERE r.resource_id = c.resource_id
        AND r.snapshot ->> 'revision' = c.revision
        AND r.observed_at <= c.observed_at
     RETURNING r.resource_id`,
    [
      arrayBinding(reports.map(({ resourceId }) => resourceId)),
      arrayBinding(reports.map(({ revision }) => revision)),
      arrayBinding(reports.map(({ observedAt }) => observedAt)),
      arrayBinding(reports.map(({ readAt }) => JSON.stringify(readAt))),
      arrayBinding(reports.map(({ complete }) => complete)),
    ],
  );
  return new Set(rows.map(row => row.resource_id));
}
