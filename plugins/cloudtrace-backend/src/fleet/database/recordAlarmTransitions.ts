import { arrayBinding } from '../../database/arrayBinding';
import type { AlarmTransition } from '@cloudtrace/plugin-cloudtrace-common';
import type { Knex } from 'knex';
import { queryRows } from '../../database/queryRows';

interface AddedTransitionRow {
  alarmName: string;
  at: Date;
  from: AlarmTransition['from'];
  to: AlarmTransition['to'];
  reason: string | null;
  coded: AlarmTransition['coded'] | null;
}

/** Stores new state changes of alarms. Resolves to the ones that were added. */
export async function recordAlarmTransitions(
  tx: Knex.Transaction,
  resourceId: number,
  transitions: readonly AlarmTransition[],
): Promise<AlarmTransition[]> {
  const valid = transitions.filter(({ at }) => !Number.isNaN(Date.parse(at)));
  if (valid.length === 0) return [];
  const rows = await queryRows<AddedTransitionRow>(
    tx,
    `INSERT INTO fleet_alarm_transitions (resource_id, alarm_name, at, from_state, to_state, reason, coded)
     SELECT ?::int4, * FROM unnest(?::text[], ?::timestamptz[], ?::text[], ?::text[], ?::text[], ?::jsonb[])
     ON CONFLICT DO NOTHING
     RETURNING alarm_name AS "alarmName", at, from_state AS "from", to_state AS "to", reason, coded`,
    [
      resourceId,
      arrayBinding(valid.map(t => t.alarmName)),
      arrayBinding(valid.map(t => t.at)),
      arrayBinding(valid.map(t => t.from)),
      arrayBinding(valid.map(t => t.to)),
      arrayBinding(valid.map(t => t.reason ?? null)),
      arrayBinding(valid.map(t => (t.coded ? JSON.stringify(t.coded) : null))),
    ],
  );
  return rows.map(row => ({
    ...row,
    at: row.at.toISOString(),
    reason: row.reason ?? undefined,
    coded: row.coded ?? undefined,
  }));
}
