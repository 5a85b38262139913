import type { Knex } from 'knex';
import { queryRows } from '../../database/queryRows';
import { arrayBinding } from '../../database/arrayBinding';
import type { DbFindingCountsRow } from './rows';
import { scatter } from '../../database/distribution/scatter';

/** Counts of open findings of one entity in a list of entities. */
export type EntityCounts = Omit<
  DbFindingCountsRow,
  'accepted' | 'false_positive'
> & { entity_ref: string };

/** Lists the counts of every scanned entity; with a CVE, of those where it is open. */
export async function listCounts(
  knex: Knex,
  cve?: string,
): Promise<EntityCounts[]> {
  const rows = await queryRows<EntityCounts>(
    knex,
    cve
      ? `${scatter('roll-ups of all entities')}
         SELECT e.entity_ref, c.last_scan_at, f.*
           FROM (SELECT entity_id,
                        count(*) FILTER (WHERE severity = 4)::int AS critical,
                        count(*) FILTER (WHERE severity = 3)::int AS high,
                        count(*) FILTER (WHERE severity = 2)::int AS medium,
                        count(*) FILTER (WHERE severity = 1)::int AS low,
                        count(*) FILTER (WHERE severity = 0)::int AS info
                   FROM findings
                  WHERE cves @> ?::text[] AND cves <> '{}' AND state = 'open'
                  GROUP BY entity_id) f
           JOIN finding_counts c USING (entity_id)
           JOIN entities e USING (entity_id)`
      : `${scatter('roll-ups of all entities')}
         SELECT e.entity_ref, c.*
           FROM finding_counts c JOIN entities e USING (entity_id)`,
    cve ? [arrayBinding([cve.toUpperCase()])] : [],
  );
  return rows;
}
