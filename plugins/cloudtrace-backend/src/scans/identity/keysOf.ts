import type {
  FindingPackage,
  FindingOccurrence,
} from '@cloudtrace/plugin-cloudtrace-common';
import type {
  NormalizedFinding,
  NormalizedOccurrence,
} from '@cloudtrace/plugin-cloudtrace-node';
import { createHash } from 'node:crypto';
import { ecosystemOf } from '../importers/ecosystem';
import type { FindingKeys, FormerName, LegacyName } from './KeyedScan';
import { readFingerprint } from './readFingerprint';

/** Shorter source text occurs in too many places to identify one. */
const MIN_SNIPPET = 16;
const nowhere: NormalizedOccurrence = {};

/**
 * Computes the keys of a finding.
 *
 * @remarks A vulnerability is identified by the tool's rule with the package,
 * and by each of its ids with the package. The version is not included: some
 * tools do not report it, and a triage decision should outlive an update that
 * does not help.
 *
 * A place in code is identified by tool, rule, path, fingerprint, source text
 * and message together. The line number is not included, because it changes.
 * Results that are equal in all of these are one finding with several
 * occurrences: only their order could distinguish them.
 */
export function keysOf(tool: string, finding: NormalizedFinding): FindingKeys {
  const pkg = finding.occurrences.find(o => o.package)?.package;
  return pkg ? vulnerabilityKeys(tool, finding, pkg) : codeKeys(tool, finding);
}

/** The names that a finding had while its rule had a deprecated id. */
export function formerNamesOf(
  tool: string,
  finding: NormalizedFinding,
): FormerName[] {
  const { ruleId, formerRuleIds = [] } = finding;
  return [...new Set(formerRuleIds)]
    .filter(former => former !== ruleId)
    .map(former => {
      const { own, place } = keysOf(tool, { ...finding, ruleId: former });
      return { ruleId: former, keys: [...own, ...place] };
    });
}

function vulnerabilityKeys(
  tool: string,
  finding: NormalizedFinding,
  pkg: FindingPackage,
): FindingKeys {
  const { cves, aliases = [], ruleId } = finding;
  const ids = [...new Set([...cves, ...aliases])];
  if (ids.length === 0) ids.push(ruleId);
  const place = [ecosystemOf(pkg.ecosystem) ?? '', pkg.name];
  return {
    own: [hash('own-vulnerability', tool, ruleId, ...place)],
    advisory: ids.map(id => hash('vulnerability', id, ...place)),
    place: [],
    weakness: [],
  };
}

function codeKeys(tool: string, finding: NormalizedFinding): FindingKeys {
  const { ruleId, cwes } = finding;
  const message = messageOf(finding);
  const [cwe] = cwes.length === 1 ? cwes : [];
  const keys = {
    own: new Set<string>(),
    place: new Set<string>(),
    weakness: new Set<string>(),
  };
  const { occurrences } = finding;
  for (const occurrence of occurrences.length > 0 ? occurrences : [nowhere]) {
    const where = [tool, ruleId, placeOf(occurrence)];
    const fingerprint = readFingerprint(occurrence.fingerprint) ?? '';
    const source = sourceOf(occurrence) ?? '';
    keys.own.add(hash('code', ...where, fingerprint, source, message));
    if (fingerprint) keys.place.add(hash('fingerprint', ...where, fingerprint));
    if (source) keys.place.add(hash('source', ...where, source));
    if (cwe && source.length >= MIN_SNIPPET) {
      keys.weakness.add(hash('weakness', cwe, placeOf(occurrence), source));
    }
  }
  return {
    own: [...keys.own].sort(),
    place: [...keys.place],
    weakness: [...keys.weakness],
    advisory: [],
  };
}

/** The name of a place in code in versions before occurrences, without its number. */
export function legacyNameOf(
  tool: string,
  finding: NormalizedFinding,
): LegacyName {
  const [{ location, fingerprint, snippet } = nowhere] = finding.occurrences;
  const source = snippet?.replace(/\s+/g, ' ').trim();
  const place = fingerprint ?? source ?? messageOf(finding);
  const path = location?.path ?? '';
  return {
    base: JSON.stringify(['code', tool, finding.ruleId, path, place]),
    line: location?.startLine,
  };
}

/** The key of the n-th finding with a legacy name. */
export function legacyKey(base: string, number: number): string {
  return sha256(`${base}#${number}`);
}

function messageOf({ title, description }: NormalizedFinding): string {
  return `${title}\n${description ?? ''}`;
}

function placeOf({ location, target }: FindingOccurrence): string {
  return location?.path ?? target ?? '';
}

function sourceOf({ snippet }: NormalizedOccurrence): string | undefined {
  return snippet?.replace(/\s+/g, ' ').trim() || undefined;
}

function hash(...parts: string[]): string {
  return sha256(JSON.stringify(parts));
}

function sha256(text: string): string {
  return createHash('sha256').update(text).digest('hex');
}
