import { arrayBinding } from '../../database/arrayBinding';
import type { FleetTarget } from '@cloudtrace/plugin-cloudtrace-common';
import type { Knex } from 'knex';
import { queryRows } from '../../database/queryRows';
import type { DbTargetStateRow } from './rows';

/**
 * Compares the reported targets with the stored ones and adds the changes. A
 * target that is no longer reported becomes `gone`. Resolves to the new rows.
 */
export async function recordTargets(
  tx: Knex.Transaction,
  resourceId: number,
  targets: readonly FleetTarget[],
  observedAt: Date,
): Promise<DbTargetStateRow[]> {
  // Targets that left long ago are read only if they came back.
  const rows = await queryRows<DbTargetStateRow>(
    tx,
    `SELECT * FROM fleet_target_states
      WHERE resource_id = ? AND until IS NULL
        AND (state <> 'gone' OR target_key = ANY(?::text[]))`,
    [resourceId, targets.map(target => target.targetId)],
  );
  const latest = new Map<string, DbTargetStateRow>(
    rows.map(row => [row.target_key, row]),
  );
  const changes: DbTargetStateRow[] = [];
  const reported = new Map(targets.map(target => [target.targetId, target]));
  for (const target of reported.values()) {
    const before = latest.get(target.targetId);
    const row: DbTargetStateRow = {
      resource_id: resourceId,
      target_key: target.targetId,
      at: enteredAt(target, before, observedAt),
      until: null,
      state: target.state,
      from_state: before?.state ?? null,
      vendor_state: target.vendorState ?? null,
      reason_code: target.reasonCode ?? null,
      reason: target.reason ?? null,
      instance_key: target.instanceId ?? null,
      port: target.port ?? null,
      zone: target.zone ?? null,
    };
    if (!before || differs(before, row)) changes.push(row);
  }
  for (const before of latest.values()) {
    if (before.state === 'gone' || reported.has(before.target_key)) continue;
    changes.push({
      ...before,
      at: after(before.at, observedAt),
      from_state: before.state,
      state: 'gone',
      vendor_state: null,
      reason_code: null,
      reason: null,
    });
  }
  await insert(tx, changes);
  return changes;
}

/** The wording of a reason may vary from poll to poll; only state and code indicate a change. */
function differs(before: DbTargetStateRow, now: DbTargetStateRow): boolean {
  return (
    before.state !== now.state ||
    before.reason_code !== now.reason_code ||
    before.zone !== now.zone ||
    before.instance_key !== now.instance_key
  );
}

/** When the state was entered according to the provider, if that time is plausible. */
function enteredAt(
  target: FleetTarget,
  before: DbTargetStateRow | undefined,
  observedAt: Date,
): Date {
  const since = target.since ? new Date(target.since) : observedAt;
  const at =
    Number.isNaN(since.getTime()) || since > observedAt ? observedAt : since;
  return before ? after(before.at, at) : at;
}

function after(previous: Date, at: Date): Date {
  return at > previous ? at : new Date(previous.getTime() + 1);
}

async function insert(tx: Knex.Transaction, changes: DbTargetStateRow[]) {
  if (changes.length === 0) return;
  await tx.raw(
    `UPDATE fleet_target_states s SET until = c.at
       FROM unnest(?::int4[], ?::text[], ?::timestamptz[]) AS c (resource_id, target_key, at)
      WHERE s.resource_id = c.resource_id AND s.target_key = c.target_key AND s.until IS NULL`,
    [
      arrayBinding(changes.map(c => c.resource_id)),
      arrayBinding(changes.map(c => c.target_key)),
      arrayBinding(changes.map(c => c.at)),
    ],
  );
  await tx.raw(
    `INSERT INTO fleet_target_states
       (resource_id, target_key, at, state, from_state, vendor_state, reason_code, reason, instance_key, port, zone)
     SELECT * FROM unnest(?::int4[], ?::text[], ?::timestamptz[], ?::text[], ?::text[],
                          ?::text[], ?::text[], ?::text[], ?::text[], ?::int4[], ?::text[])
     ON CONFLICT DO NOTHING`,
    [
      arrayBinding(changes.map(c => c.resource_id)),
      arrayBinding(changes.map(c => c.target_key)),
      arrayBinding(changes.map(c => c.at)),
      arrayBinding(changes.map(c => c.state)),
      arrayBinding(changes.map(c => c.from_state)),
      arrayBinding(changes.map(c => c.vendor_state)),
      arrayBinding(changes.map(c => c.reason_code)),
      arrayBinding(changes.map(c => c.reason)),
      arrayBinding(changes.map(c => c.instance_key)),
      arrayBinding(changes.map(c => c.port)),
      arrayBinding(changes.map(c => c.zone)),
    ],
  );
}
