import type { Knex } from 'knex';
import type { ResourceSnapshot } from './rows';

/** Stores the state of a resource and when it was read. */
export async function finishReport(
  tx: Knex.Transaction,
  options: {
    resourceId: number;
    observedAt: Date;
    snapshot: ResourceSnapshot;
    /** Whether the report is complete. */
    complete: boolean;
  },
): Promise<void> {
  await tx.raw(
    `UPDATE fleet_resources
        SET observed_at = ?, attempted_at = ?, snapshot = ?::jsonb,
            last_success_at = CASE WHEN ? THEN ?::timestamptz ELSE last_success_at END
      WHERE resource_id = ?`,
    [
      options.observedAt,
      options.observedAt,
      JSON.stringify(options.snapshot),
      options.complete,
      options.observedAt,
      options.resourceId,
    ],
  );
}
