import type { Knex } from 'knex';
import type { StoredFailover } from './rows';

/** Lists the ongoing failovers of entities. */
export async function listOngoingOf(
  knex: Knex,
  entityRefs: readonly string[],
): Promise<
  Array<{ entityRef: string; environment: string; failover: StoredFailover }>
> {
  const { rows } = await knex.raw(
    `SELECT entity_ref AS "entityRef", environment, body AS failover
       FROM failovers WHERE entity_ref = ANY(?::text[]) AND recovered_at IS NULL
      ORDER BY detected_at DESC`,
    [[...entityRefs]],
  );
  return rows;
}
