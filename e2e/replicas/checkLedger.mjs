/**
 * Compares what a sender got accepted with what is stored: every accepted span
 * exactly once, no span twice, and rollups that equal the rows.
 */
export async function checkLedger(trial, sender, entityRef) {
  const rows = await trial.query(
    `SELECT replace(trace_id::text, '-', '') AS id, count(*)::int AS copies
       FROM cloudtrace.requests r JOIN cloudtrace.entities e USING (entity_id)
      WHERE e.entity_ref = $1 GROUP BY 1`,
    [entityRef],
  );
  const [counted] = await trial.query(
    `SELECT (SELECT coalesce(sum(requests), 0)::int FROM (
               SELECT entity_id, requests FROM cloudtrace.rollups_minute WHERE dimension = 1
               UNION ALL
               SELECT entity_id, requests FROM cloudtrace.rollup_deltas WHERE dimension = 1
             ) r WHERE r.entity_id = e.entity_id) AS rollups
       FROM cloudtrace.entities e WHERE e.entity_ref = $1`,
    [entityRef],
  );
  const copies = new Map(rows.map(row => [row.id, row.copies]));
  const sent = new Set(sender.all);
  return {
    accepted: sender.accepted.length,
    stored: rows.length,
    retries: sender.retries,
    rollups: counted.rollups,
    missing: sender.accepted.filter(id => !copies.has(id)).length,
    twice: rows.filter(row => row.copies > 1).length,
    unknown: rows.filter(row => !sent.has(row.id)).length,
  };
}
