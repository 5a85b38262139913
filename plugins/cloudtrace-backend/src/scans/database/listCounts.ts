import type { Knex } from 'knex';
import { queryRows } from '../../database/queryRows';
import { arrayBinding } from '../../database/arrayBinding';
import type { DbFindingCountsRow } from './rows';
import { scatter } from '../../database/distribution/scatter';

type SeverityCounts = Pick<
  DbFindingCountsRow,
  'critical' | 'high' | 'medium' | 'low' | 'info'
>;

/** Counts of open findings of one entity in a list of entities. */
export type EntityCounts = SeverityCounts &
  Pick<DbFindingCountsRow, 'last_scan_at'> & { entity_ref: string };

/** Lists the counts of every scanned entity; with a CVE, of those where it is open. */
export async function listCounts(
  knex: Knex,
  cve?: string,
): Promise<EntityCounts[]> {
  const rows = await queryRows<EntityCounts & { entity_id: number }>(
    knex,
    `SELECT e.entity_ref, e.entity_id, c.last_scan_at,
            c.critical, c.high, c.medium, c.low, c.info
       FROM finding_counts c JOIN entities e USING (entity_id)`,
  );
  if (!cve) return rows;
  const found = await countCve(knex, cve);
  return rows.flatMap(row => {
    const counts = found.get(row.entity_id);
    return counts ? [{ ...row, ...counts }] : [];
  });
}

/** Counts the open findings of a CVE, by entity. */
async function countCve(
  knex: Knex,
  cve: string,
): Promise<Map<number, SeverityCounts>> {
  const rows = await queryRows<SeverityCounts & { entity_id: number }>(
    knex,
    `${scatter('somebody searches for a CVE')}
     SELECT entity_id,
            count(*) FILTER (WHERE severity = 4)::int AS critical,
            count(*) FILTER (WHERE severity = 3)::int AS high,
            count(*) FILTER (WHERE severity = 2)::int AS medium,
            count(*) FILTER (WHERE severity = 1)::int AS low,
            count(*) FILTER (WHERE severity = 0)::int AS info
       FROM findings
      WHERE cves @> ?::text[] AND cves <> '{}' AND state = 'open'
      GROUP BY entity_id`,
    [arrayBinding([cve.toUpperCase()])],
  );
  return new Map(rows.map(row => [row.entity_id, row]));
}
