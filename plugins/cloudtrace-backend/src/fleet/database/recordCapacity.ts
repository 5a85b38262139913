import type { FleetCapacity } from '@cloudtrace/plugin-cloudtrace-common';
import type { Knex } from 'knex';
import { queryRows } from '../../database/queryRows';
import type { DbCapacityRow } from './rows';

/**
 * Stores the capacity of a group if it changed. Resolves to the new and the
 * previous row in that case.
 */
export async function recordCapacity(
  tx: Knex.Transaction,
  resourceId: number,
  capacity: FleetCapacity,
  observedAt: Date,
): Promise<{ now: DbCapacityRow; before?: DbCapacityRow } | undefined> {
  const rows = await queryRows<DbCapacityRow>(
    tx,
    `SELECT * FROM fleet_capacity WHERE resource_id = ? ORDER BY at DESC LIMIT 1`,
    [resourceId],
  );
  const before: DbCapacityRow | undefined = rows[0];
  const now: DbCapacityRow = {
    resource_id: resourceId,
    at: observedAt,
    min: capacity.min ?? null,
    desired: capacity.desired,
    max: capacity.max ?? null,
    in_service: capacity.inService,
    pending: capacity.pending ?? null,
    terminating: capacity.terminating ?? null,
  };
  const same =
    before &&
    before.min === now.min &&
    before.desired === now.desired &&
    before.max === now.max &&
    before.in_service === now.in_service &&
    before.pending === now.pending &&
    before.terminating === now.terminating;
  if (same) return undefined;
  await tx.raw(
    `INSERT INTO fleet_capacity (resource_id, at, min, desired, max, in_service, pending, terminating)
     VALUES (?, ?, ?, ?, ?, ?, ?, ?)
     ON CONFLICT (resource_id, at) DO UPDATE SET
       min = excluded.min, desired = excluded.desired, max = excluded.max,
       in_service = excluded.in_service, pending = excluded.pending, terminating = excluded.terminating`,
    [
      now.resource_id,
      now.at,
      now.min,
      now.desired,
      now.max,
      now.in_service,
      now.pending,
      now.terminating,
    ],
  );
  return { now, before };
}
