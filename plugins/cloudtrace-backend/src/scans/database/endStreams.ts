import type { Knex } from 'knex';
import { queryRows } from '../../database/queryRows';
import { arrayBinding } from '../../database/arrayBinding';
import { deriveStates } from './deriveStates';
import { insertEvents } from './insertEvents';
import type { SourceStream } from './listSourceStreams';

/**
 * Ends streams whose target is gone: findings that nothing else reports become
 * fixed, with the reason in their history. If the target returns, so do its
 * findings. Needs the entity's lock; the caller refreshes the counts.
 *
 * @returns Number of findings that became fixed
 */
export async function endStreams(
  tx: Knex.Transaction,
  options: {
    entityId: number;
    streams: ReadonlyArray<Pick<SourceStream, 'streamId' | 'tool'>>;
    at: Date;
    reason: string;
  },
): Promise<number> {
  const { entityId, at, reason } = options;
  let fixed = 0;
  for (const { streamId, tool } of options.streams) {
    const rows = await queryRows<{ finding_id: string }>(
      tx,
      `UPDATE finding_sources SET present = false
        WHERE entity_id = ? AND stream_id = ? AND present
       RETURNING finding_id`,
      [entityId, streamId],
    );
    // Without a current scan, even the identical file counts as new.
    await tx.raw(
      `UPDATE scan_streams SET current_scan_id = NULL
        WHERE entity_id = ? AND stream_id = ?`,
      [entityId, streamId],
    );
    const findingIds = rows.map(row => row.finding_id);
    const before = await queryRows<{ finding_id: string }>(
      tx,
      `SELECT finding_id FROM findings
        WHERE entity_id = ? AND finding_id = ANY(?::uuid[]) AND state <> 'fixed'`,
      [entityId, arrayBinding(findingIds)],
    );
    const wasOpen = new Set(before.map(row => row.finding_id));
    const derived = await deriveStates(tx, { entityId, findingIds, at });
    const gone = derived.filter(
      ({ findingId, state }) => state === 'fixed' && wasOpen.has(findingId),
    );
    await insertEvents(
      tx,
      entityId,
      at,
      gone.map(({ findingId }) => ({
        findingId,
        kind: 'fixed',
        tool,
        reason,
      })),
    );
    fixed += gone.length;
  }
  return fixed;
}
