import type { Knex } from 'knex';
import { queryRows } from '../../database/queryRows';
import type { KeyedFinding } from '../identity/KeyedScan';
import { legacyKey } from '../identity/keysOf';
import type { LegacyFinding } from '../identity/matchLegacy';
import { arrayBinding } from '../../database/arrayBinding';

/** Number of candidates per name in one query. */
const STEP = 50;

/**
 * Reads the findings that older versions stored under numbered names, and
 * deletes the names. From now on, results are identified by their new keys, and
 * a number must not match another result later.
 */
export async function takeLegacyFindings(
  tx: Knex.Transaction,
  entityId: number,
  findings: readonly KeyedFinding[],
): Promise<LegacyFinding[]> {
  const bases = new Set(
    findings.flatMap(({ legacy }) => legacy.map(({ base }) => base)),
  );
  const taken = await takeNumbered(tx, entityId, [...bases], 1, 1);
  let open = [...new Set(taken.map(({ base }) => base))];
  for (let from = 2; open.length > 0; from += STEP) {
    const more = await takeNumbered(tx, entityId, open, from, from + STEP - 1);
    taken.push(...more);
    const last = groupSizes(more);
    open = open.filter(base => last.get(base) === STEP);
  }
  return taken;
}

async function takeNumbered(
  tx: Knex.Transaction,
  entityId: number,
  bases: readonly string[],
  from: number,
  to: number,
): Promise<LegacyFinding[]> {
  const baseOf = new Map<string, string>();
  for (const base of bases) {
    for (let number = from; number <= to; number++) {
      baseOf.set(legacyKey(base, number), base);
    }
  }
  if (baseOf.size === 0) return [];
  const keys = arrayBinding([...baseOf.keys()]);
  const rows = await queryRows<LegacyRow>(
    tx,
    `SELECT encode(k.key, 'hex') AS key, f.finding_id,
            f.triage_state IS NOT NULL AS decided,
            (f.location->>'startLine')::int8 AS line
       FROM finding_keys k
       JOIN findings f ON f.entity_id = ? AND f.finding_id = k.finding_id
      WHERE k.entity_id = ?
        AND k.key IN (SELECT decode(h, 'hex') FROM unnest(?::text[]) AS h)`,
    [entityId, entityId, keys],
  );
  if (rows.length > 0) {
    await tx.raw(
      `DELETE FROM finding_keys
        WHERE entity_id = ?
          AND key IN (SELECT decode(h, 'hex') FROM unnest(?::text[]) AS h)`,
      [entityId, arrayBinding(rows.map(row => row.key))],
    );
  }
  return rows.map(row => ({
    findingId: row.finding_id,
    decided: row.decided,
    tools: [],
    base: baseOf.get(row.key)!,
    line: row.line === null ? undefined : Number(row.line),
  }));
}

interface LegacyRow {
  key: string;
  finding_id: string;
  decided: boolean;
  line: string | null;
}

function groupSizes(findings: readonly LegacyFinding[]): Map<string, number> {
  const sizes = new Map<string, number>();
  for (const { base } of findings) sizes.set(base, (sizes.get(base) ?? 0) + 1);
  return sizes;
}
