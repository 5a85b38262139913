import { randomUUID } from 'node:crypto';
import type { Knex } from 'knex';
import type { FindingKeys, KeyedFinding } from '../identity/KeyedScan';

/** A result of a scan with these keys and names. */
export function makeResult(
  keys: Partial<FindingKeys>,
  names: Partial<Pick<KeyedFinding, 'former' | 'legacy'>> = {},
): KeyedFinding {
  return {
    ruleId: 'eval',
    title: 'A problem',
    severity: 'medium',
    cves: [],
    cwes: [],
    links: [],
    keys: { own: [], place: [], weakness: [], advisory: [], ...keys },
    former: [],
    legacy: [],
    occurrences: [],
    occurrenceCount: 0,
    ...names,
  };
}

/** Stores a finding that one tool reports, and returns its id. */
export async function storeFinding(
  knex: Knex,
  finding: {
    entityId: number;
    /** Keys in hex; those of `ambiguous` belong to several findings. */
    keys?: readonly string[];
    ambiguous?: readonly string[];
    tool?: string;
    ruleId?: string;
    line?: number;
    triage?: { state: 'accepted' | 'false-positive'; expiresAt?: Date };
  },
): Promise<string> {
  const { entityId, triage, keys = [], ambiguous = [], line } = finding;
  const findingId = randomUUID();
  const own = { entity_id: entityId, finding_id: findingId };
  const reported = {
    rule_id: finding.ruleId ?? 'eval',
    severity: 2,
    first_seen_at: new Date(0),
    last_seen_at: new Date(0),
  };
  await knex
    .insert({
      ...own,
      ...reported,
      state: triage?.state ?? 'open',
      title: 'A problem',
      tools: [],
      cves: [],
      cwes: [],
      location: line === undefined ? null : { startLine: line },
      triage_state: triage?.state ?? null,
      triage_expires_at: triage?.expiresAt ?? null,
    })
    .into('findings');
  await knex
    .insert({
      ...own,
      ...reported,
      stream_id: randomUUID(),
      tool: finding.tool ?? 'demo',
      category: 'default',
      ref: 'default',
      links: '[]',
      present: true,
    })
    .into('finding_sources');
  const rows = [...keys, ...ambiguous].map(key => ({
    ...own,
    key: Buffer.from(key, 'hex'),
    ambiguous: ambiguous.includes(key),
  }));
  if (rows.length > 0) await knex.insert(rows).into('finding_keys');
  return findingId;
}
