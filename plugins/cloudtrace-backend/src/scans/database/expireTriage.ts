import type { Knex } from 'knex';
import { queryRows } from '../../database/queryRows';
import { deriveStates } from './deriveStates';
import { insertEvents } from './insertEvents';
import { withEntityLock } from './withEntityLock';
import { refreshCounts } from './refreshCounts';
import { entityCondition } from '../../database/distribution/entityCondition';
import {
  onEachServer,
  type ServerWork,
} from '../../database/distribution/onEachServer';

/** Whether risk acceptances of an entity have expired. */
export async function hasExpired(
  knex: Knex,
  entityId: number,
): Promise<boolean> {
  return (await listExpiredOf(knex, [entityId])).length > 0;
}

/**
 * Lists entities with open findings whose risk acceptance has expired, from the
 * summaries: decisions of an older version that still runs may be missing until
 * the next scan or decision.
 */
export async function listExpired(knex: Knex): Promise<number[]> {
  const rows = await queryRows<{ entity_id: number }>(
    knex,
    `SELECT entity_id FROM finding_counts WHERE next_expiry_at <= now()
      ORDER BY entity_id LIMIT 1000`,
  );
  return rows.map(row => row.entity_id);
}

/** Undoes the expired decisions of all entities, server by server. */
export async function expireAll(using: ServerWork): Promise<void> {
  await onEachServer(
    using,
    'undo expired decisions',
    async ({ knex, entityIds }) => {
      for (const entityId of await listExpiredOf(knex, entityIds)) {
        await expireTriage(knex, entityId);
      }
    },
  );
}

/** Lists entities with expired risk acceptances: all, or those of a list. */
async function listExpiredOf(
  knex: Knex,
  entityIds?: readonly number[],
): Promise<number[]> {
  const condition = entityCondition(entityIds);
  const rows = await queryRows<{ entity_id: number }>(
    knex,
    `SELECT DISTINCT entity_id FROM findings
      WHERE ${condition.sql} AND triage_state = 'accepted' AND triage_expires_at <= now()
      ORDER BY entity_id LIMIT 1000`,
    condition.bindings,
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
