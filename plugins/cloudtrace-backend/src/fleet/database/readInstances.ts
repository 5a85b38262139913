import type { Knex } from 'knex';
import { queryRows } from '../../database/queryRows';
import type { DbFleetInstanceRow } from './rows';

/** Reads the current instances, by zone and id. */
export async function readInstances(
  knex: Knex,
  resourceIds: readonly number[],
): Promise<DbFleetInstanceRow[]> {
  const rows = await queryRows<DbFleetInstanceRow>(
    knex,
    `SELECT * FROM fleet_instances
      WHERE resource_id = ANY(?::int4[]) AND ended_at IS NULL
      ORDER BY zone NULLS LAST, instance_key`,
    [[...resourceIds]],
  );
  return rows;
}
