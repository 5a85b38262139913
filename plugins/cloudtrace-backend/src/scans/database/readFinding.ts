import type { Knex } from 'knex';
import { queryRows } from '../../database/queryRows';
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
  const [[finding], sources, events] = await Promise.all([
    queryRows<DbFindingRow & { is_new: boolean }>(
      knex,
      `SELECT *, coalesce(new_scan_id IN ${CURRENT_SCANS}, false) AS is_new
         FROM findings WHERE entity_id = ? AND finding_id = ?`,
      [entityId, ...key],
    ),
    queryRows<DbFindingSourceRow>(
      knex,
      `SELECT * FROM finding_sources WHERE entity_id = ? AND finding_id = ?
        ORDER BY present DESC, last_seen_at DESC, tool LIMIT 100`,
      key,
    ),
    queryRows<DbFindingEventRow>(
      knex,
      `SELECT * FROM finding_events WHERE entity_id = ? AND finding_id = ?
        ORDER BY at DESC, event_id LIMIT 200`,
      key,
    ),
  ]);
  return finding && { finding, sources, events };
}
