import type { Knex } from 'knex';
import { queryRows } from '../queryRows';

/** Returns the number of an entity ref; `undefined` if nothing is stored for it. */
export async function findEntityId(
  knex: Knex,
  entityRef: string,
): Promise<number | undefined> {
  const rows = await queryRows<{ entity_id: number }>(
    knex,
    'SELECT entity_id FROM entities WHERE entity_ref = ?',
    [entityRef],
  );
  return rows[0]?.entity_id;
}
