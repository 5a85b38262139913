import type { Knex } from 'knex';
import { arrayBinding } from '../../arrayBinding';

/** Finds the findings that the keys (hex) belong to. */
export async function matchFindings(
  tx: Knex.Transaction,
  entityId: number,
  keys: readonly string[],
): Promise<Map<string, string>> {
  const { rows } = await tx.raw(
    `SELECT encode(key, 'hex') AS key, finding_id FROM finding_keys
      WHERE entity_id = ?
        AND key IN (SELECT decode(k, 'hex') FROM unnest(?::text[]) AS k)`,
    [entityId, arrayBinding(keys)],
  );
  return new Map(
    rows.map((row: { key: string; finding_id: string }) => [
      row.key,
      row.finding_id,
    ]),
  );
}
