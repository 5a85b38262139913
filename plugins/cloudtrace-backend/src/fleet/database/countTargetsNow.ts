import {
  countTargetStates,
  type TargetCounts,
} from '@cloudtrace/plugin-cloudtrace-common';
import type { Knex } from 'knex';
import { queryRows } from '../../database/queryRows';

/**
 * Counts the targets of resources by their current state. Resources without
 * targets are left out.
 */
export async function countTargetsNow(
  knex: Knex,
  resourceIds: readonly number[],
): Promise<Map<number, TargetCounts>> {
  const rows = await queryRows<{ id: number; states: string[] }>(
    knex,
    `SELECT resource_id AS id, array_agg(state) AS states FROM fleet_target_states
      WHERE resource_id = ANY(?::int4[]) AND until IS NULL AND state <> 'gone'
      GROUP BY 1`,
    [[...resourceIds]],
  );
  return new Map(rows.map(({ id, states }) => [id, countTargetStates(states)]));
}
