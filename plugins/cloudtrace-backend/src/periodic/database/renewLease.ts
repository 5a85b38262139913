import type { Knex } from 'knex';
import { changeRows } from '../../database/queryRows';

/** Acquires or extends a lease. Resolves to whether the holder has it. */
export async function renewLease(
  knex: Knex,
  lease: { name: string; holder: string; leaseMs: number },
): Promise<boolean> {
  const rowCount = await changeRows(
    knex,
    `INSERT INTO fleet_leases (name, holder, expires_at)
     VALUES (?, ?, now() + ? * interval '1 millisecond')
     ON CONFLICT (name) DO UPDATE
       SET holder = excluded.holder, expires_at = excluded.expires_at
     WHERE fleet_leases.holder = excluded.holder OR fleet_leases.expires_at <= now()`,
    [lease.name, lease.holder, lease.leaseMs],
  );
  return rowCount > 0;
}
