import type { Knex } from 'knex';
import { queryRows } from '../../database/queryRows';
import type { DbFindingRow } from './rows';

/** A triage decision on a finding. */
export interface TriageDecision {
  state: 'accepted' | 'false-positive';
  reason: string;
  owner: string | null;
  expiresAt: Date | null;
}

/**
 * Stores or undoes a triage decision. `deriveStates` updates the state.
 *
 * @returns Whether the entity has the finding, and whether the finding had a
 * decision
 */
export async function triageFinding(
  tx: Knex.Transaction,
  options: {
    entityId: number;
    findingId: string;
    decision: TriageDecision | undefined;
    by: string;
    at: Date;
  },
): Promise<{ hadDecision: boolean } | undefined> {
  const { entityId, findingId, decision } = options;
  const [before] = await queryRows<Pick<DbFindingRow, 'triage_state'>>(
    tx,
    'SELECT triage_state FROM findings WHERE entity_id = ? AND finding_id = ?',
    [entityId, findingId],
  );
  if (!before) return undefined;
  await tx.raw(
    `UPDATE findings SET triage_state = ?, triage_reason = ?, triage_owner = ?,
            triage_expires_at = ?, triage_by = ?, triage_at = ?
      WHERE entity_id = ? AND finding_id = ?`,
    [
      decision?.state ?? null,
      decision?.reason ?? null,
      decision?.owner ?? null,
      decision?.expiresAt ?? null,
      decision ? options.by : null,
      decision ? options.at : null,
      entityId,
      findingId,
    ],
  );
  return { hadDecision: before.triage_state !== null };
}
