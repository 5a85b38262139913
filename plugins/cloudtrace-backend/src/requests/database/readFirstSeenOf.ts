import type { Knex } from 'knex';
import { queryRows } from '../../database/queryRows';
import { arrayBinding } from '../../database/arrayBinding';

/** When the first request of an environment of an entity arrived. */
export interface FirstSeenRow {
  entityRef: string;
  environment: string;
  firstSeenAt: Date;
}

/** Reads when the first request of each environment of many entities arrived. */
export async function readFirstSeenOf(
  knex: Knex,
  entityRefs: readonly string[],
): Promise<FirstSeenRow[]> {
  const rows = await queryRows<FirstSeenRow>(
    knex,
    `SELECT e.entity_ref AS "entityRef", r.environment, r.first_seen_at AS "firstSeenAt"
       FROM entities e
       JOIN request_environments r USING (entity_id)
      WHERE e.entity_ref = ANY(?::text[])`,
    [arrayBinding(entityRefs)],
  );
  return rows;
}
