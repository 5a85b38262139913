import type { Knex } from 'knex';
import { queryRows } from '../../database/queryRows';
import { deriveStates } from './deriveStates';
import { insertEvents } from './insertEvents';
import { withEntityLock } from './withEntityLock';
import { refreshCounts } from './refreshCounts';
import { scatter } from '../../database/distribution/scatter';

/** Entities with expired risk acceptances. */
export async function listExpired(
  knex: Knex,
  entityId?: number,
): Promise<number[]> {
  const rows = await queryRows<{ entity_id: number }>(
    knex,
    `SELECT DISTINCT entity_id FROM findings
      WHERE triage_state = 'accepted' AND triage_expires_at <= now()
        ${
          entityId === undefined
            ? scatter('every 10 minutes, on one replica')
            : 'AND entity_id = ?'
        }
      ORDER BY entity_id LIMIT 1000`,
    entityId === undefined ? [] : [entityId],
  );
  return rows.map(row => row.entity_id);
}

/** Undoes the expired decisions of an entity. */
export async function expireTriage(
  knex: Knex,
  entityId: number,
): Promise<number> {
  return withEntityLock(knex, entityId, async tx => {
    const rows = await queryRows<{ finding_id: string }>(
      tx,
      `UPDATE findings SET triage_state = NULL, triage_reason = NULL,
              triage_owner = NULL, triage_expires_at = NULL,
              triage_by = NULL, triage_at = NULL
        WHERE entity_id = ? AND triage_state = 'accepted' AND triage_expires_at <= now()
       RETURNING finding_id`,
      [entityId],
    );
    if (rows.length === 0) return 0;
    const at = new Date();
    const findingIds = rows.map(row => row.finding_id);
    await deriveStates(tx, { entityId, findingIds, at });
    await insertEvents(
      tx,
      entityId,
      at,
      findingIds.map(findingId => ({
        findingId,
        kind: 'triage-expired' as const,
      })),
    );
    await refreshCounts(tx, entityId, at, false);
    return rows.length;
  });
}
