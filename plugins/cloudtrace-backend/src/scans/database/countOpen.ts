import type { Knex } from 'knex';
import { queryRows } from '../../database/queryRows';
import { arrayBinding } from '../../database/arrayBinding';

/** Counts open critical and high findings of scanned entities. */
export async function countOpen(
  knex: Knex,
  entityRefs: readonly string[],
): Promise<Map<string, { critical: number; high: number }>> {
  const rows = await queryRows<{
    entity_ref: string;
    critical: number;
    high: number;
  }>(
    knex,
    `SELECT e.entity_ref, c.critical, c.high
       FROM finding_counts c JOIN entities e USING (entity_id)
      WHERE e.entity_ref = ANY(?::text[])`,
    [arrayBinding(entityRefs)],
  );
  return new Map(
    rows.map(row => [
      row.entity_ref,
      { critical: row.critical, high: row.high },
    ]),
  );
}
