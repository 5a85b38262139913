import type { Knex } from 'knex';

/** Releases a lease, so that another replica need not wait until it expires. */
export async function releaseLease(
  knex: Knex,
  lease: { name: string; holder: string },
): Promise<void> {
  await knex.raw(
    'UPDATE fleet_leases SET expires_at = now() WHERE name = ? AND holder = ?',
    [lease.name, lease.holder],
  );
}
