import type { Knex } from 'knex';

/** Notes a time in which nobody looked at a resource. */
export async function recordGap(
  tx: Knex.Transaction,
  gap: { resourceId: number; from: Date; to: Date },
): Promise<void> {
  await tx.raw(
    `INSERT INTO fleet_gaps (resource_id, from_at, to_at) VALUES (?, ?, ?)
     ON CONFLICT (resource_id, from_at) DO NOTHING`,
    [gap.resourceId, gap.from, gap.to],
  );
}
