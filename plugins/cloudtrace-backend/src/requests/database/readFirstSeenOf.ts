import type { Knex } from 'knex';
import { queryRows } from '../../database/queryRows';
import { arrayBinding } from '../../database/arrayBinding';
import { scatter } from '../../database/distribution/scatter';

/** When the first request of an instance of an entity's environment arrived. */
export interface FirstSeenRow {
  entityRef: string;
  environment: string;
  instanceKey: string;
  firstSeenAt: Date;
}

/** Reads when the first request of each instance of many entities arrived. */
export async function readFirstSeenOf(
  knex: Knex,
  entityRefs: readonly string[],
): Promise<FirstSeenRow[]> {
  const rows = await queryRows<FirstSeenRow>(
    knex,
    `${scatter('the services of one page of the fleet page')}
     SELECT e.entity_ref AS "entityRef", i.environment, i.instance_key AS "instanceKey",
            min(i.first_seen_at) AS "firstSeenAt"
       FROM entities e
       JOIN instances i USING (entity_id)
      WHERE e.entity_ref = ANY(?::text[])
      GROUP BY 1, 2, 3`,
    [arrayBinding(entityRefs)],
  );
  return rows;
}
