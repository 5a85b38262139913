import type { Knex } from 'knex';
import { queryRows } from '../../database/queryRows';
import type { DbFindingCountsRow } from './rows';

type Counts = Omit<DbFindingCountsRow, 'entity_id' | 'last_scan_at'>;

/**
 * Recounts an entity's findings and stores the counts. Needs the entity's lock.
 *
 * The counts are on the coordinator of a distributed database, findings and the
 * history on workers, so no statement contains both.
 */
export async function refreshCounts(
  tx: Knex.Transaction,
  entityId: number,
  at: Date,
  isScan: boolean,
): Promise<void> {
  const [counts] = await queryRows<Counts>(
    tx,
    `SELECT count(*) FILTER (WHERE state = 'open' AND severity = 4)::int AS critical,
            count(*) FILTER (WHERE state = 'open' AND severity = 3)::int AS high,
            count(*) FILTER (WHERE state = 'open' AND severity = 2)::int AS medium,
            count(*) FILTER (WHERE state = 'open' AND severity = 1)::int AS low,
            count(*) FILTER (WHERE state = 'open' AND severity = 0)::int AS info,
            count(*) FILTER (WHERE state = 'accepted')::int AS accepted,
            count(*) FILTER (WHERE state = 'false-positive')::int AS false_positive,
            min(triage_expires_at) FILTER (WHERE triage_state = 'accepted' AND state = 'accepted') AS next_expiry_at
       FROM findings
      WHERE entity_id = ? AND state IN ('open', 'accepted', 'false-positive')`,
    [entityId],
  );
  const open = [
    counts.critical,
    counts.high,
    counts.medium,
    counts.low,
    counts.info,
  ];
  await tx.raw(
    `INSERT INTO finding_counts AS c
       (entity_id, critical, high, medium, low, info, accepted, false_positive, last_scan_at, next_expiry_at)
     VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
     ON CONFLICT (entity_id) DO UPDATE SET
       critical = excluded.critical, high = excluded.high, medium = excluded.medium,
       low = excluded.low, info = excluded.info, accepted = excluded.accepted,
       false_positive = excluded.false_positive,
       last_scan_at = coalesce(excluded.last_scan_at, c.last_scan_at),
       next_expiry_at = excluded.next_expiry_at`,
    [
      entityId,
      ...open,
      counts.accepted,
      counts.false_positive,
      isScan ? at : null,
      counts.next_expiry_at,
    ],
  );
  await tx.raw(
    `INSERT INTO finding_count_history (entity_id, at, critical, high, medium, low, info)
     VALUES (?, ?, ?, ?, ?, ?, ?)
     ON CONFLICT (entity_id, at) DO UPDATE SET
       critical = excluded.critical, high = excluded.high, medium = excluded.medium,
       low = excluded.low, info = excluded.info`,
    [entityId, at, ...open],
  );
}
