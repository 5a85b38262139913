import type { Knex } from 'knex';

/** Entities for which a source was pulled, successfully or not. */
export async function listPulledEntities(
  knex: Knex,
  source: string,
): Promise<Array<{ entityId: number; entityRef: string }>> {
  const { rows } = await knex.raw(
    `SELECT DISTINCT p.entity_id AS "entityId", e.entity_ref AS "entityRef"
       FROM scan_pulls p JOIN entities e USING (entity_id)
      WHERE p.source = ?
      ORDER BY p.entity_id`,
    [source],
  );
  return rows;
}
