import type { KeyedFinding } from './KeyedScan';

/** A stored finding that a key belongs to. */
export interface StoredFinding {
  findingId: string;
  /** Whether somebody has triaged it. */
  decided: boolean;
  /** The tools that have ever reported it. */
  tools: readonly string[];
  /** By which rules; only read of findings that a deprecated id may name. */
  rules?: ReadonlyArray<{ tool: string; ruleId: string }>;
}

/** What the database knows about the keys of a scan. */
export interface KnownKeys {
  /** Findings by key, without keys that ever belonged to several findings. */
  findings: ReadonlyMap<string, StoredFinding>;
  /** Keys that ever belonged to several findings. */
  ambiguous: ReadonlySet<string>;
}

/** A finding of a scan with its stored finding. */
export interface AssignedFinding {
  findingId: string;
  isNew: boolean;
  /** Results of this finding. */
  results: KeyedFinding[];
}

/** The finding of each result, and new knowledge about keys. */
export interface Assignment {
  findings: AssignedFinding[];
  /** Keys that several different results of the scan share. */
  ambiguous: string[];
}

/**
 * Assigns each result of a scan to a finding.
 *
 * @remarks The assignment must not depend on the rest of the file; otherwise
 * removing one result would move its triage decision to another. So a result
 * whose complete key is known is that finding. Only unknown results are matched
 * by less: their legacy name, the ids of the vulnerability, then the
 * fingerprint or the source text alone, and those only if they have never
 * belonged to several findings. Among several candidates, one without a
 * decision is preferred, so that no decision is widened. The order of results
 * never matters.
 */
export function assignFindings(options: {
  tool: string;
  findings: readonly KeyedFinding[];
  known: KnownKeys;
  legacy: ReadonlyMap<KeyedFinding, StoredFinding>;
  createId(): string;
}): Assignment {
  const { tool, findings, known, legacy, createId } = options;
  const ambiguous = findAmbiguous(findings);
  const isUsable = (key: string) =>
    !ambiguous.has(key) && !known.ambiguous.has(key);
  const lookUp = (keys: readonly string[]) =>
    choose(keys.flatMap(key => known.findings.get(key) ?? []));

  // If a rule was split into several, none of them gets its findings. A finding
  // that the old rule still reports stays with it, and a finding never moves on
  // from the rule that got it.
  const isTaken = findSharedFormerKeys(findings);
  const findRenamed = ({ former }: KeyedFinding) =>
    choose(
      former.flatMap(({ ruleId, keys }) =>
        keys
          .filter(key => isUsable(key) && !isTaken.has(key))
          .flatMap(key => known.findings.get(key) ?? [])
          .filter(stored => isStillOf(stored, { tool, ruleId })),
      ),
    );

  const byId = new Map<string, AssignedFinding>();
  const assign = (finding: KeyedFinding, findingId: string, isNew: boolean) => {
    const same = byId.get(findingId);
    if (same) same.results.push(finding);
    else byId.set(findingId, { findingId, isNew, results: [finding] });
  };
  const open: KeyedFinding[] = [];
  const idOfKey = new Map<string, string[]>();
  for (const finding of findings) {
    const { own, advisory, place, weakness } = finding.keys;
    const old = legacy.get(finding);
    const found =
      lookUp(own) ??
      (old?.decided ? old : undefined) ??
      lookUp(advisory) ??
      old ??
      lookUp(place.filter(isUsable)) ??
      findRenamed(finding) ??
      choose(
        weakness
          .filter(isUsable)
          .flatMap(key => known.findings.get(key) ?? [])
          .filter(({ tools }) => !tools.includes(tool)),
      );
    if (!found) {
      open.push(finding);
      continue;
    }
    assign(finding, found.findingId, false);
    for (const key of [...own, ...advisory]) {
      idOfKey.set(key, [...(idOfKey.get(key) ?? []), found.findingId]);
    }
  }
  for (const group of uniteByKeys(open)) {
    const ids = group.flatMap(({ keys }) =>
      [...keys.own, ...keys.advisory].flatMap(key => idOfKey.get(key) ?? []),
    );
    const [findingId] = ids.sort();
    const id = findingId ?? createId();
    for (const finding of group) assign(finding, id, !findingId);
  }
  return { findings: [...byId.values()], ambiguous: [...ambiguous] };
}

function choose(candidates: StoredFinding[]): StoredFinding | undefined {
  const [first, ...others] = candidates;
  return others.reduce(pick, first);
}

/** The candidate without a decision, otherwise the one with the lower id. */
function pick(a: StoredFinding, b: StoredFinding): StoredFinding {
  if (a.decided !== b.decided) return a.decided ? b : a;
  return a.findingId <= b.findingId ? a : b;
}

/** Partial keys that different results share. */
function findAmbiguous(findings: readonly KeyedFinding[]): Set<string> {
  const seen = new Set<string>();
  const ambiguous = new Set<string>();
  for (const { keys } of findings) {
    for (const key of [...keys.place, ...keys.weakness]) {
      if (seen.has(key)) ambiguous.add(key);
      seen.add(key);
    }
  }
  return ambiguous;
}

/** Whether no other rule of the tool has taken a finding since. */
function isStillOf(
  { rules = [] }: StoredFinding,
  { tool, ruleId }: { tool: string; ruleId: string },
): boolean {
  const own = rules.filter(rule => rule.tool === tool);
  return own.length > 0 && own.every(rule => rule.ruleId === ruleId);
}

/** Former names that several results have, or that one still has. */
function findSharedFormerKeys(findings: readonly KeyedFinding[]): Set<string> {
  const renamed = findings.filter(({ former }) => former.length > 0);
  if (renamed.length === 0) return new Set();
  const seen = new Set(
    findings.flatMap(({ keys }) => [...keys.own, ...keys.place]),
  );
  const shared = new Set<string>();
  for (const { former } of renamed) {
    for (const key of new Set(former.flatMap(({ keys }) => keys))) {
      if (seen.has(key)) shared.add(key);
      seen.add(key);
    }
  }
  return shared;
}

/** Results that share a key, directly or through others. */
function uniteByKeys(findings: readonly KeyedFinding[]): KeyedFinding[][] {
  const groupOf = new Map<string, KeyedFinding[]>();
  const groups = new Set<KeyedFinding[]>();
  for (const finding of findings) {
    const keys = [...finding.keys.own, ...finding.keys.advisory];
    const joined = new Set(
      keys.flatMap(key => {
        const group = groupOf.get(key);
        return group ? [group] : [];
      }),
    );
    const [into = [], ...others] = joined;
    groups.add(into);
    into.push(finding);
    for (const other of others) {
      into.push(...other);
      groups.delete(other);
    }
    for (const member of others.length > 0 ? into : [finding]) {
      for (const key of [...member.keys.own, ...member.keys.advisory]) {
        groupOf.set(key, into);
      }
    }
  }
  return [...groups];
}
