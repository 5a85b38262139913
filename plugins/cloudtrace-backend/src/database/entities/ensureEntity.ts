import type { Knex } from 'knex';
import { queryRows } from '../queryRows';
import { findEntityId } from './findEntityId';

/** Resolves to the number of an entity ref; assigns one if there is none. */
export async function ensureEntity(
  knex: Knex,
  entityRef: string,
): Promise<number> {
  // Reads first, because an insert that conflicts still uses up a number.
  const existing = await findEntityId(knex, entityRef);
  if (existing !== undefined) return existing;
  const [created] = await queryRows<{ entity_id: number }>(
    knex,
    `INSERT INTO entities (entity_ref) VALUES (?)
     ON CONFLICT (entity_ref) DO NOTHING RETURNING entity_id`,
    [entityRef],
  );
  if (created) return created.entity_id;
  // Another transaction added it meanwhile.
  return (await findEntityId(knex, entityRef))!;
}
