import type { Knex } from 'knex';
import { queryRows } from '../../database/queryRows';

/** An environment of an entity. */
export interface EntityEnvironmentRow {
  entityRef: string;
  environment: string;
}

/**
 * Lists the environments of all entities that at least one area knows.
 *
 * @param selects - One query per area that returns `entity_ref` and
 * `environment`
 */
export async function listKnownEnvironments(
  knex: Knex,
  selects: readonly string[],
): Promise<EntityEnvironmentRow[]> {
  const rows = await queryRows<EntityEnvironmentRow>(
    knex,
    `SELECT entity_ref AS "entityRef", environment
       FROM (${selects.join(' UNION ')}) known ORDER BY 1, 2`,
  );
  return rows;
}
