import type { Knex } from 'knex';
import { queryRows } from '../../database/queryRows';
import type { KnownKeys, StoredFinding } from '../identity/assignFindings';
import type { KeyedFinding } from '../identity/KeyedScan';
import { arrayBinding } from '../../database/arrayBinding';

/** A key of a scan that is stored, with its finding. */
interface DbKeyRow {
  key: string;
  finding_id: string;
  ambiguous: boolean;
  decided: boolean;
}

/** A tool that reported a finding, with its rule. */
interface ToolRule {
  tool: string;
  ruleId: string;
}

/** Reads which findings the keys of a scan belong to. */
export async function matchFindings(
  tx: Knex.Transaction,
  entityId: number,
  findings: readonly KeyedFinding[],
): Promise<KnownKeys> {
  const rows = await queryRows<DbKeyRow>(
    tx,
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
        findings.flatMap(({ keys, former }) => [
          ...(Object.values(keys).flat() as string[]),
          ...former.flatMap(name => name.keys),
        ]),
      ),
    ],
  );
  const needRules = new Set(
    findings.flatMap(({ keys, former }) => [
      ...keys.weakness,
      ...former.flatMap(name => name.keys),
    ]),
  );
  const rules = await readRules(
    tx,
    entityId,
    rows.filter(row => needRules.has(row.key)).map(row => row.finding_id),
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
      tools: (rules.get(row.finding_id) ?? []).map(({ tool }) => tool),
      rules: rules.get(row.finding_id),
    });
  }
  return { findings: found, ambiguous };
}

/** The tools that have ever reported each finding, with their rules. */
async function readRules(
  tx: Knex.Transaction,
  entityId: number,
  findingIds: readonly string[],
): Promise<Map<string, ToolRule[]>> {
  if (findingIds.length === 0) return new Map();
  const rows = await queryRows<{ finding_id: string; rules: ToolRule[] }>(
    tx,
    `SELECT finding_id,
            jsonb_agg(DISTINCT jsonb_build_object('tool', tool, 'ruleId', rule_id)) AS rules
       FROM finding_sources
      WHERE entity_id = ? AND finding_id = ANY(?::uuid[]) GROUP BY finding_id`,
    [entityId, arrayBinding(findingIds)],
  );
  return new Map(rows.map(row => [row.finding_id, row.rules]));
}
