import type { FindingOccurrence } from '@cloudtrace/plugin-cloudtrace-common';
import type {
  NormalizedFinding,
  NormalizedOccurrence,
  NormalizedScan,
} from '@cloudtrace/plugin-cloudtrace-node';
import { severityRank } from '../importers/severity';
import { ecosystemOf } from '../importers/ecosystem';
import { formerNamesOf, keysOf, legacyNameOf } from './keysOf';
import {
  MAX_OCCURRENCES,
  type KeyedFinding,
  type KeyedScan,
} from './KeyedScan';

/**
 * Adds the keys by which later scans and other tools recognise a finding.
 * Results that differ only by line become one finding with several occurrences.
 */
export function withKeys<T extends NormalizedScan>(
  scan: T,
): Omit<T, 'findings'> & Pick<KeyedScan, 'findings'> {
  const groups = new Map<string, Group>();
  for (const finding of scan.findings.flatMap(splitByPackage)) {
    const keys = keysOf(scan.tool, finding);
    const id = keys.own.join();
    const known = groups.get(id);
    if (known) known.add(finding, scan.tool);
    else groups.set(id, new Group(finding, keys, scan.tool));
  }
  return { ...scan, findings: [...groups.values()].map(toFinding) };
}

/** Equal results. */
class Group {
  readonly finding: KeyedFinding;
  readonly #seen = new Set<string>();

  constructor(
    { occurrences, formerRuleIds, ...finding }: NormalizedFinding,
    keys: KeyedFinding['keys'],
    tool: string,
  ) {
    this.finding = {
      ...finding,
      keys,
      former: formerNamesOf(tool, { ...finding, occurrences, formerRuleIds }),
      legacy: [legacyNameOf(tool, { ...finding, occurrences })],
      occurrences: [],
      occurrenceCount: 0,
    };
    this.#addOccurrences(occurrences);
  }

  add(other: NormalizedFinding, tool: string): void {
    const { finding } = this;
    finding.cves = union(finding.cves, other.cves);
    finding.cwes = union(finding.cwes, other.cwes);
    if (severityRank(other.severity) > severityRank(finding.severity)) {
      finding.severity = other.severity;
      finding.sourceSeverity = other.sourceSeverity;
    }
    // One place without suppression is enough to be a problem.
    if (!other.suppression) finding.suppression = undefined;
    if (finding.legacy.length < MAX_OCCURRENCES) {
      finding.legacy.push(legacyNameOf(tool, other));
    }
    this.#addOccurrences(other.occurrences);
  }

  #addOccurrences(occurrences: readonly NormalizedOccurrence[]): void {
    for (const occurrence of occurrences) {
      const stored = toStored(occurrence);
      const id = JSON.stringify(stored);
      if (id === '{}' || this.#seen.has(id)) continue;
      this.#seen.add(id);
      this.finding.occurrenceCount += 1;
      if (this.finding.occurrences.length < MAX_OCCURRENCES) {
        this.finding.occurrences.push(stored);
      }
    }
  }
}

function toFinding({ finding }: Group): KeyedFinding {
  const { occurrences } = finding;
  return {
    ...finding,
    location: occurrences.find(o => o.location)?.location,
    package: occurrences.find(o => o.package)?.package,
  };
}

/** A different package is a different problem. */
function splitByPackage(finding: NormalizedFinding): NormalizedFinding[] {
  const packages = new Map<string, NormalizedOccurrence[]>();
  const rest: NormalizedOccurrence[] = [];
  for (const occurrence of finding.occurrences) {
    const { package: pkg } = occurrence;
    if (!pkg) {
      rest.push(occurrence);
      continue;
    }
    const id = JSON.stringify([ecosystemOf(pkg.ecosystem), pkg.name]);
    const known = packages.get(id);
    if (known) known.push(occurrence);
    else packages.set(id, [occurrence]);
  }
  if (packages.size < 2) return [finding];
  return [...packages.values()].map((occurrences, i) => ({
    ...finding,
    // Each place once; places without a package stay with the first finding.
    occurrences: i === 0 ? [...occurrences, ...rest] : occurrences,
  }));
}

function toStored(occurrence: NormalizedOccurrence): FindingOccurrence {
  const { location, target, package: pkg } = occurrence;
  return {
    ...(location && { location }),
    ...(target && { target }),
    ...(pkg && { package: pkg }),
  };
}

function union(a: string[], b: string[]): string[] {
  return [...new Set([...a, ...b])];
}
