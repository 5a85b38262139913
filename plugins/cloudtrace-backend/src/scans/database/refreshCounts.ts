import type { Knex } from 'knex';

/** Recounts an entity's findings and stores the counts. Needs the entity's lock. */
export async function refreshCounts(
  tx: Knex.Transaction,
  entityId: number,
  at: Date,
  isScan: boolean,
): Promise<void> {
  await tx.raw(
    `INSERT INTO finding_counts AS c
       (entity_id, critical, high, medium, low, info, accepted, false_positive, last_scan_at)
     SELECT ?::int4,
            count(*) FILTER (WHERE state = 'open' AND severity = 4),
            count(*) FILTER (WHERE state = 'open' AND severity = 3),
            count(*) FILTER (WHERE state = 'open' AND severity = 2),
            count(*) FILTER (WHERE state = 'open' AND severity = 1),
            count(*) FILTER (WHERE state = 'open' AND severity = 0),
            count(*) FILTER (WHERE state = 'accepted'),
            count(*) FILTER (WHERE state = 'false-positive'),
            ?::timestamptz
       FROM findings
      WHERE entity_id = ? AND state IN ('open', 'accepted', 'false-positive')
     ON CONFLICT (entity_id) DO UPDATE SET
       critical = excluded.critical, high = excluded.high, medium = excluded.medium,
       low = excluded.low, info = excluded.info, accepted = excluded.accepted,
       false_positive = excluded.false_positive,
       last_scan_at = coalesce(excluded.last_scan_at, c.last_scan_at)`,
    [entityId, isScan ? at : null, entityId],
  );
  await tx.raw(
    `INSERT INTO finding_count_history (entity_id, at, critical, high, medium, low, info)
     SELECT entity_id, ?::timestamptz, critical, high, medium, low, info
       FROM finding_counts WHERE entity_id = ?
     ON CONFLICT (entity_id, at) DO UPDATE SET
       critical = excluded.critical, high = excluded.high, medium = excluded.medium,
       low = excluded.low, info = excluded.info`,
    [at, entityId],
  );
}
