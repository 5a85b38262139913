import type { Knex } from 'knex';
import { queryRows } from '../../database/queryRows';
import { arrayBinding } from '../../database/arrayBinding';
import type { DbFindingSourceRow } from './rows';

/** Where a tool, category and ref have a finding. */
export type FindingPlaces = Pick<
  DbFindingSourceRow,
  'tool' | 'occurrences' | 'occurrence_count' | 'present'
> & { finding_id: string };

/** By finding: where each stream has it, the newest first. */
export async function listSources(
  knex: Knex,
  entityId: number,
  findingIds: readonly string[],
): Promise<Map<string, FindingPlaces[]>> {
  const rows = await queryRows<FindingPlaces>(
    knex,
    `SELECT finding_id, tool, occurrences, occurrence_count, present
       FROM finding_sources
      WHERE entity_id = ? AND finding_id = ANY(?::uuid[])
      ORDER BY finding_id, present DESC, last_seen_at DESC, tool`,
    [entityId, arrayBinding(findingIds)],
  );
  const places = new Map<string, FindingPlaces[]>();
  for (const row of rows) {
    const known = places.get(row.finding_id);
    if (known) known.push(row);
    else places.set(row.finding_id, [row]);
  }
  return places;
}
