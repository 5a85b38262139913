import type {
  NormalizedFinding,
  NormalizedOccurrence,
  NormalizedScan,
} from '@cloudtrace/plugin-cloudtrace-node';
import type {
  FindingLocation,
  FindingOccurrence,
  FindingPackage,
} from '@cloudtrace/plugin-cloudtrace-common';
import { createHash } from 'node:crypto';
import type { CategorizedScan } from '../worker/uniteScans';
import { ecosystemOf } from './ecosystem';

/** A finding with the names by which it is recognised, as SHA-256 in hex. */
export interface KeyedFinding extends Omit<NormalizedFinding, 'occurrences'> {
  keys: string[];
  package?: FindingPackage;
  location?: FindingLocation;
  occurrences: FindingOccurrence[];
}

/** A scan whose findings have keys; each finding is in it once. */
export interface KeyedScan extends Omit<CategorizedScan, 'findings'> {
  findings: KeyedFinding[];
}

/** Shorter source text appears in too many places to say that two are the same. */
const minSnippet = 16;

/**
 * Gives findings the keys by which later scans and other tools find them again.
 *
 * @remarks
 * A vulnerability is known by each of its ids with the package: two tools agree
 * if they share one. Its version is not part of it: some tools do not tell it,
 * and a decision should outlive an update that does not help. A place in code
 * is known by tool, rule, path and the tool's fingerprint, else by a hash of
 * its source text or, without that, of the message; the line number is no part
 * of it, because it moves. Places that look the same are told apart by their
 * order. Another tool's finding is the same place only if both name the same
 * single CWE and the same, long enough source text.
 */
export function withKeys<T extends NormalizedScan>(
  scan: T,
): Omit<T, 'findings'> & Pick<KeyedScan, 'findings'> {
  const seen = new Map<string, number>();
  const known = new Map<string, KeyedFinding>();
  const findings: KeyedFinding[] = [];
  for (const finding of inOrder(scan.findings)) {
    const [first] = finding.occurrences;
    const keys = first?.package
      ? vulnerabilityKeys(finding, first.package)
      : codeKeys(scan.tool, finding, seen);
    const hashed = keys.map(hash);
    const same = hashed.map(key => known.get(key)).find(Boolean);
    if (same) {
      absorb(same, finding, hashed);
      for (const key of hashed) known.set(key, same);
      continue;
    }
    const keyed = {
      ...finding,
      keys: hashed,
      location: first?.location,
      package: first?.package,
      occurrences: finding.occurrences.map(toStored),
    };
    for (const key of hashed) known.set(key, keyed);
    findings.push(keyed);
  }
  return { ...scan, findings };
}

function toStored(occurrence: NormalizedOccurrence): FindingOccurrence {
  const { location, target, package: pkg } = occurrence;
  return { location, target, package: pkg };
}

function vulnerabilityKeys(
  finding: NormalizedFinding,
  pkg: FindingPackage,
): string[] {
  const { cves, aliases = [], ruleId } = finding;
  const ids = [...new Set([...cves, ...aliases])];
  if (ids.length === 0) ids.push(ruleId);
  const place = [ecosystemOf(pkg.ecosystem) ?? '', pkg.name];
  return ids.map(id => JSON.stringify(['vulnerability', id, ...place]));
}

function codeKeys(
  tool: string,
  finding: NormalizedFinding,
  seen: Map<string, number>,
): string[] {
  const { ruleId, cwes, title, description } = finding;
  const [{ location, fingerprint, snippet } = {} as NormalizedOccurrence] =
    finding.occurrences;
  const path = location?.path ?? '';
  const source = snippet?.replace(/\s+/g, ' ').trim();
  const place = fingerprint ?? source ?? `${title}\n${description ?? ''}`;
  const own = JSON.stringify(['code', tool, ruleId, path, place]);
  const keys = [numbered(own, seen)];
  if (cwes.length === 1 && source && source.length >= minSnippet) {
    const shared = JSON.stringify(['weakness', cwes[0], path, source]);
    keys.push(numbered(shared, seen));
  }
  return keys;
}

function numbered(key: string, seen: Map<string, number>): string {
  const count = (seen.get(key) ?? 0) + 1;
  seen.set(key, count);
  return `${key}#${count}`;
}

/** By line, so that those that look the same keep their numbers. */
function inOrder(findings: NormalizedFinding[]): NormalizedFinding[] {
  const lineOf = (finding: NormalizedFinding) =>
    finding.occurrences[0]?.location?.startLine ?? 0;
  return findings
    .map((finding, i) => ({ finding, i }))
    .sort((a, b) => lineOf(a.finding) - lineOf(b.finding) || a.i - b.i)
    .map(({ finding }) => finding);
}

/** The same finding again within one scan: several paths to one package. */
function absorb(
  into: KeyedFinding,
  finding: NormalizedFinding,
  keys: string[],
): void {
  into.keys = [...new Set([...into.keys, ...keys])];
  into.cves = [...new Set([...into.cves, ...finding.cves])];
  into.cwes = [...new Set([...into.cwes, ...finding.cwes])];
  into.occurrences.push(...finding.occurrences.map(toStored));
  // One place that is not suppressed is enough to be a problem.
  if (!finding.suppression) into.suppression = undefined;
}

function hash(text: string): string {
  return createHash('sha256').update(text).digest('hex');
}
