import type { Knex } from 'knex';
import { arrayBinding } from '../../database/arrayBinding';
import { entityCondition } from '../../database/distribution/entityCondition';
import { queryRows } from '../../database/queryRows';
import type { SeverityCounts } from './listCounts';

/** Counts the open findings of a CVE, by entity: of all, or of a list. */
export async function countCve(
  knex: Knex,
  cve: string,
  entityIds?: readonly number[],
): Promise<Map<number, SeverityCounts>> {
  const condition = entityCondition(entityIds);
  const rows = await queryRows<SeverityCounts & { entity_id: number }>(
    knex,
    `SELECT entity_id,
            count(*) FILTER (WHERE severity = 4)::int AS critical,
            count(*) FILTER (WHERE severity = 3)::int AS high,
            count(*) FILTER (WHERE severity = 2)::int AS medium,
            count(*) FILTER (WHERE severity = 1)::int AS low,
            count(*) FILTER (WHERE severity = 0)::int AS info
       FROM findings
      WHERE ${condition.sql}
        AND cves @> ?::text[] AND cves <> '{}' AND state = 'open'
      GROUP BY entity_id`,
    [...condition.bindings, arrayBinding([cve.toUpperCase()])],
  );
  return new Map(rows.map(row => [row.entity_id, row]));
}
