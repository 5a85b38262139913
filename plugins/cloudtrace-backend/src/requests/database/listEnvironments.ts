import type { Knex } from 'knex';

/** Environments of an entity from which requests arrived, by name. */
export async function listEnvironments(
  knex: Knex,
  entityId: number,
): Promise<string[]> {
  const { rows } = await knex.raw(
    'SELECT DISTINCT environment FROM instances WHERE entity_id = ? ORDER BY 1',
    [entityId],
  );
  return rows.map(({ environment }: { environment: string }) => environment);
}
