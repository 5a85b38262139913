import type { FindingState } from '@cloudtrace/plugin-cloudtrace-common';
import type { Knex } from 'knex';
import { queryRows } from '../../database/queryRows';
import { arrayBinding } from '../../database/arrayBinding';

/** The new state of a finding. */
export interface DerivedState {
  findingId: string;
  state: FindingState;
  severity: number;
}

/**
 * Derives the state of findings from all their sources: fixed if no stream has
 * it any more, otherwise the triage decision, otherwise the tools' suppression,
 * otherwise open. The worst severity of any source counts.
 *
 * @param scanId - The scan that caused the change, if any
 */
export async function deriveStates(
  tx: Knex.Transaction,
  options: {
    entityId: number;
    findingIds: readonly string[];
    at: Date;
    scanId?: string;
  },
): Promise<DerivedState[]> {
  const { entityId, at, scanId = null } = options;
  const ids = arrayBinding(options.findingIds);
  const rows = await queryRows<DerivedState>(
    tx,
    `UPDATE findings AS f SET
       state = s.derived_state,
       severity = coalesce(s.severity, f.severity),
       tools = s.tools,
       suppression = s.suppression,
       fixed_at = CASE WHEN s.present THEN NULL WHEN f.state = 'fixed' THEN f.fixed_at ELSE ?::timestamptz END,
       fixed_scan_id = CASE WHEN s.present THEN NULL WHEN f.state = 'fixed' THEN f.fixed_scan_id ELSE ?::uuid END,
       reopened_at = CASE WHEN s.present AND f.state = 'fixed' THEN ?::timestamptz ELSE f.reopened_at END,
       new_scan_id = CASE WHEN s.present AND f.state = 'fixed' THEN ?::uuid ELSE f.new_scan_id END
      FROM (
        SELECT d.*,
               CASE WHEN NOT d.present THEN 'fixed'
                    WHEN t.triage_state IS NOT NULL THEN t.triage_state
                    WHEN d.suppression IS NOT NULL THEN 'false-positive'
                    ELSE 'open' END AS derived_state
          FROM (
            SELECT finding_id,
                   bool_or(present) AS present,
                   max(severity) FILTER (WHERE present) AS severity,
                   coalesce(array_agg(DISTINCT tool) FILTER (WHERE present),
                            array_agg(DISTINCT tool)) AS tools,
                   coalesce(
                     (array_agg(suppression || jsonb_build_object('tool', tool))
                        FILTER (WHERE present AND suppression->>'kind' = 'vex'))[1],
                     CASE WHEN bool_and(suppression IS NOT NULL) FILTER (WHERE present)
                          THEN (array_agg(suppression || jsonb_build_object('tool', tool))
                                  FILTER (WHERE present))[1] END) AS suppression
              FROM finding_sources
             WHERE entity_id = ? AND finding_id = ANY(?::uuid[])
             GROUP BY finding_id
          ) d
          JOIN findings t ON t.entity_id = ? AND t.finding_id = d.finding_id
      ) s
     WHERE f.entity_id = ? AND f.finding_id = s.finding_id
     RETURNING f.finding_id AS "findingId", f.state, f.severity`,
    [at, scanId, at, scanId, entityId, ids, entityId, entityId],
  );
  return rows;
}
