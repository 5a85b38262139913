import type { Knex } from 'knex';
import type { IdentifiedFinding } from './upsertFindings';

const CHUNK = 5_000;

/**
 * Stores the keys of findings. A key stays with its first finding; a key that
 * several findings had is marked as ambiguous and never identifies one again.
 */
export async function upsertKeys(
  tx: Knex.Transaction,
  entityId: number,
  findings: readonly IdentifiedFinding[],
  ambiguous: ReadonlySet<string>,
): Promise<void> {
  const rows = new Map<string, { key: string; finding_id: string }>();
  for (const { findingId, finding } of findings) {
    for (const key of Object.values(finding.keys).flat() as string[]) {
      if (!rows.has(key)) rows.set(key, { key, finding_id: findingId });
    }
  }
  const all = [...rows.values()];
  await insertKeys(
    tx,
    entityId,
    all.filter(({ key }) => !ambiguous.has(key)),
    {
      isAmbiguous: false,
    },
  );
  await insertKeys(
    tx,
    entityId,
    all.filter(({ key }) => ambiguous.has(key)),
    {
      isAmbiguous: true,
    },
  );
}

async function insertKeys(
  tx: Knex.Transaction,
  entityId: number,
  rows: readonly object[],
  options: { isAmbiguous: boolean },
): Promise<void> {
  const { isAmbiguous } = options;
  for (let i = 0; i < rows.length; i += CHUNK) {
    await tx.raw(
      `INSERT INTO finding_keys AS k (entity_id, key, finding_id, ambiguous)
       SELECT ?::int4, decode(r.key, 'hex'), r.finding_id, ?::boolean
         FROM jsonb_to_recordset(?::jsonb) AS r(key text, finding_id uuid)
        ORDER BY r.key
       ON CONFLICT (entity_id, key) DO ${
         isAmbiguous
           ? 'UPDATE SET ambiguous = true WHERE NOT k.ambiguous'
           : 'NOTHING'
       }`,
      [entityId, isAmbiguous, JSON.stringify(rows.slice(i, i + CHUNK))],
    );
  }
}
