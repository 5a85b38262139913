import type { Knex } from 'knex';
import type { KnownKeys, StoredFinding } from '../identity/assignFindings';
import type { KeyedFinding } from '../identity/KeyedScan';
import { arrayBinding } from '../../database/arrayBinding';

/** Reads which findings the keys of a scan belong to. */
export async function matchFindings(
  tx: Knex.Transaction,
  entityId: number,
  findings: readonly KeyedFinding[],
): Promise<KnownKeys> {
  const { rows } = await tx.raw(
    `SELECT encode(k.key, 'hex') AS key, k.finding_id, k.ambiguous,
            f.triage_state IS NOT NULL AS decided
       FROM finding_keys k
       JOIN findings f ON f.entity_id = ? AND f.finding_id = k.finding_id
      WHERE k.entity_id = ?
        AND k.key IN (SELECT decode(h, 'hex') FROM unnest(?::text[]) AS h)`,
    [
      entityId,
      entityId,
      arrayBinding(
        findings.flatMap(({ keys }) => Object.values(keys).flat() as string[]),
      ),
    ],
  );
  const weakness = new Set(findings.flatMap(({ keys }) => keys.weakness));
  const tools = await readTools(
    tx,
    entityId,
    rows
      .filter((row: { key: string }) => weakness.has(row.key))
      .map((row: { finding_id: string }) => row.finding_id),
  );
  const found = new Map<string, StoredFinding>();
  const ambiguous = new Set<string>();
  for (const row of rows) {
    if (row.ambiguous) {
      ambiguous.add(row.key);
      continue;
    }
    found.set(row.key, {
      findingId: row.finding_id,
      decided: row.decided,
      tools: tools.get(row.finding_id) ?? [],
    });
  }
  return { findings: found, ambiguous };
}

/** The tools that have ever reported each finding. */
async function readTools(
  tx: Knex.Transaction,
  entityId: number,
  findingIds: readonly string[],
): Promise<Map<string, string[]>> {
  if (findingIds.length === 0) return new Map();
  const { rows } = await tx.raw(
    `SELECT finding_id, array_agg(DISTINCT tool) AS tools FROM finding_sources
      WHERE entity_id = ? AND finding_id = ANY(?::uuid[]) GROUP BY finding_id`,
    [entityId, arrayBinding(findingIds)],
  );
  return new Map(
    rows.map((row: { finding_id: string; tools: string[] }) => [
      row.finding_id,
      row.tools,
    ]),
  );
}
