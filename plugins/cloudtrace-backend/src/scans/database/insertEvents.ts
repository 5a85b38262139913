import type { Knex } from 'knex';
import { randomUUID } from 'node:crypto';

/** An event in the history of findings. */
export interface NewFindingEvent {
  findingId: string;
  kind:
    | 'found'
    | 'fixed'
    | 'reopened'
    | 'accepted'
    | 'false-positive'
    | 'triage-removed'
    | 'triage-expired';
  actor?: string;
  tool?: string;
  commit?: string;
  reason?: string;
}

const CHUNK = 5_000;

/** Appends to the history of findings. */
export async function insertEvents(
  tx: Knex,
  entityId: number,
  at: Date,
  events: readonly NewFindingEvent[],
): Promise<void> {
  for (let i = 0; i < events.length; i += CHUNK) {
    const rows = events.slice(i, i + CHUNK).map(event => ({
      event_id: randomUUID(),
      finding_id: event.findingId,
      kind: event.kind,
      actor: event.actor,
      tool: event.tool,
      commit_sha: event.commit,
      reason: event.reason,
    }));
    await tx.raw(
      `INSERT INTO finding_events
         (entity_id, finding_id, event_id, at, kind, actor, tool, commit_sha, reason)
       SELECT ?::int4, r.finding_id, r.event_id, ?::timestamptz, r.kind, r.actor, r.tool, r.commit_sha, r.reason
         FROM jsonb_to_recordset(?::jsonb) AS r(
              finding_id uuid, event_id uuid, kind text, actor text, tool text,
              commit_sha text, reason text)`,
      [entityId, at, JSON.stringify(rows)],
    );
  }
}
