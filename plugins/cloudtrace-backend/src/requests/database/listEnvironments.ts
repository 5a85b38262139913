import type { Knex } from 'knex';
import { queryRows } from '../../database/queryRows';

/** Lists environments of an entity with requests, by name. */
export async function listEnvironments(
  knex: Knex,
  entityId: number,
): Promise<string[]> {
  const rows = await queryRows<{ environment: string }>(
    knex,
    'SELECT DISTINCT environment FROM instances WHERE entity_id = ? ORDER BY 1',
    [entityId],
  );
  return rows.map(({ environment }) => environment);
}
