import { arrayBinding } from '../../database/arrayBinding';
import type { FleetInstance } from '@cloudtrace/plugin-cloudtrace-common';
import type { Knex } from 'knex';
import { changeRows, queryRows } from '../../database/queryRows';
import type { DbFleetInstanceRow } from './rows';

/**
 * Stores the instances of a group. One that is no longer reported has ended.
 * Resolves to whether an instance was added, removed or changed its state.
 */
export async function recordInstances(
  tx: Knex.Transaction,
  resourceId: number,
  instances: readonly FleetInstance[],
  observedAt: Date,
): Promise<boolean> {
  const unique = [
    ...new Map(instances.map(i => [i.instanceId, i])).values(),
  ].sort((a, b) => (a.instanceId < b.instanceId ? -1 : 1));
  const before = await queryRows<
    Pick<DbFleetInstanceRow, 'instance_key' | 'state'>
  >(
    tx,
    `SELECT instance_key, state, ended_at FROM fleet_instances
      WHERE resource_id = ? AND (ended_at IS NULL OR instance_key = ANY(?::text[]))`,
    [resourceId, unique.map(i => i.instanceId)],
  );
  await tx.raw(
    `INSERT INTO fleet_instances
       (resource_id, instance_key, zone, state, vendor_state, instance_type, launched_at, first_seen_at, last_seen_at, ended_at)
     SELECT ?::int4, u.*, ?::timestamptz, ?::timestamptz, CASE WHEN u.state = 'terminated' THEN ?::timestamptz END
       FROM unnest(?::text[], ?::text[], ?::text[], ?::text[], ?::text[], ?::timestamptz[])
         AS u (instance_key, zone, state, vendor_state, instance_type, launched_at)
     ON CONFLICT (resource_id, instance_key) DO UPDATE SET
       zone = COALESCE(excluded.zone, fleet_instances.zone),
       state = excluded.state,
       vendor_state = excluded.vendor_state,
       instance_type = COALESCE(excluded.instance_type, fleet_instances.instance_type),
       launched_at = COALESCE(excluded.launched_at, fleet_instances.launched_at),
       last_seen_at = excluded.last_seen_at,
       ended_at = CASE WHEN excluded.state = 'terminated'
                       THEN COALESCE(fleet_instances.ended_at, excluded.ended_at) END`,
    [
      resourceId,
      observedAt,
      observedAt,
      observedAt,
      arrayBinding(unique.map(i => i.instanceId)),
      arrayBinding(unique.map(i => i.zone ?? null)),
      arrayBinding(unique.map(i => i.state)),
      arrayBinding(unique.map(i => i.vendorState ?? null)),
      arrayBinding(unique.map(i => i.instanceType ?? null)),
      arrayBinding(unique.map(i => i.launchedAt ?? null)),
    ],
  );
  const ended = await changeRows(
    tx,
    `UPDATE fleet_instances SET state = 'terminated', ended_at = ?
      WHERE resource_id = ? AND ended_at IS NULL AND instance_key <> ALL(?::text[])`,
    [observedAt, resourceId, unique.map(i => i.instanceId)],
  );
  const states = new Map(before.map(row => [row.instance_key, row.state]));
  return ended > 0 || unique.some(i => states.get(i.instanceId) !== i.state);
}
