import type { Knex } from 'knex';

/** Resolves to the number of an entity ref; assigns one if there is none. */
export async function ensureEntity(
  knex: Knex,
  entityRef: string,
): Promise<number> {
  const find = async () => {
    const { rows } = await knex.raw(
      'SELECT entity_id FROM entities WHERE entity_ref = ?',
      [entityRef],
    );
    return rows[0]?.entity_id as number | undefined;
  };
  // Reads first, because an insert that conflicts still uses up a number.
  const existing = await find();
  if (existing !== undefined) return existing;
  const { rows } = await knex.raw(
    `INSERT INTO entities (entity_ref) VALUES (?)
     ON CONFLICT (entity_ref) DO NOTHING RETURNING entity_id`,
    [entityRef],
  );
  return rows[0]?.entity_id ?? (await find());
}
