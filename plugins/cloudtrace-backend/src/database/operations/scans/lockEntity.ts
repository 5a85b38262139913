import type { Knex } from 'knex';

/** Lets one change of an entity's findings happen at a time, over all replicas; until the transaction ends. */
export async function lockEntity(
  tx: Knex.Transaction,
  entityId: number,
): Promise<void> {
  await tx.raw('SELECT pg_advisory_xact_lock(hashtext(?), ?)', [
    'cloudtrace-scans',
    entityId,
  ]);
}
