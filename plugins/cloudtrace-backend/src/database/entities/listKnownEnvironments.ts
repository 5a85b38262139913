import type { Knex } from 'knex';
import { queryRows } from '../queryRows';

/** An environment of an entity. */
export interface EntityEnvironmentRow {
  entityRef: string;
  environment: string;
}

/** Lists environments with data or tokens, for all entities. */
export async function listKnownEnvironments(
  knex: Knex,
): Promise<EntityEnvironmentRow[]> {
  const rows = await queryRows<EntityEnvironmentRow>(
    knex,
    `SELECT e.entity_ref AS "entityRef", i.environment
       FROM entities e
       JOIN (SELECT DISTINCT entity_id, environment FROM instances) i USING (entity_id)
      UNION
     SELECT entity_ref, environment FROM ingest_tokens
      ORDER BY 1, 2`,
  );
  return rows;
}
