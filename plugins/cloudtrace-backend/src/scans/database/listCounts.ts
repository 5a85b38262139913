import type { Knex } from 'knex';
import { queryRows } from '../../database/queryRows';
import type { DbFindingCountsRow } from './rows';

/** Open findings by severity. */
export type SeverityCounts = Pick<
  DbFindingCountsRow,
  'critical' | 'high' | 'medium' | 'low' | 'info'
>;

/** Counts of open findings of one entity in a list of entities. */
export type EntityCounts = SeverityCounts &
  Pick<DbFindingCountsRow, 'last_scan_at'> & {
    entity_ref: string;
    entity_id: number;
  };

/** Lists the counts of every scanned entity, from their summaries. */
export async function listCounts(knex: Knex): Promise<EntityCounts[]> {
  return queryRows<EntityCounts>(
    knex,
    `SELECT e.entity_ref, e.entity_id, c.last_scan_at,
            c.critical, c.high, c.medium, c.low, c.info
       FROM finding_counts c JOIN entities e USING (entity_id)`,
  );
}
