import type { Knex } from 'knex';
import { CURRENT_SCANS } from './findingConditions';
import type {
  DbFindingEventRow,
  DbFindingRow,
  DbFindingSourceRow,
} from './rows';

/** Reads a finding with its sources and its history, newest first. */
export async function readFinding(
  knex: Knex,
  entityId: number,
  findingId: string,
): Promise<
  | {
      finding: DbFindingRow & { is_new: boolean };
      sources: DbFindingSourceRow[];
      events: DbFindingEventRow[];
    }
  | undefined
> {
  const key = [entityId, findingId];
  const [findings, sources, events] = await Promise.all([
    knex.raw(
      `SELECT *, coalesce(new_scan_id IN ${CURRENT_SCANS}, false) AS is_new
         FROM findings WHERE entity_id = ? AND finding_id = ?`,
      [entityId, ...key],
    ),
    knex.raw(
      `SELECT * FROM finding_sources WHERE entity_id = ? AND finding_id = ?
        ORDER BY present DESC, last_seen_at DESC, tool LIMIT 100`,
      key,
    ),
    knex.raw(
      `SELECT * FROM finding_events WHERE entity_id = ? AND finding_id = ?
        ORDER BY at DESC, event_id LIMIT 200`,
      key,
    ),
  ]);
  const [finding] = findings.rows;
  return finding && { finding, sources: sources.rows, events: events.rows };
}
