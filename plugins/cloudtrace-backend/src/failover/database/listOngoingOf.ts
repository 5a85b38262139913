import type { Knex } from 'knex';
import { queryRows } from '../../database/queryRows';
import type { StoredFailover } from './rows';

/** An ongoing failover with its entity and environment. */
export interface OngoingRow {
  entityRef: string;
  environment: string;
  failover: StoredFailover;
}

/** Lists the ongoing failovers of entities. */
export async function listOngoingOf(
  knex: Knex,
  entityRefs: readonly string[],
): Promise<OngoingRow[]> {
  const rows = await queryRows<OngoingRow>(
    knex,
    `SELECT entity_ref AS "entityRef", environment, body AS failover
       FROM failovers WHERE entity_ref = ANY(?::text[]) AND recovered_at IS NULL
      ORDER BY detected_at DESC`,
    [[...entityRefs]],
  );
  return rows;
}
