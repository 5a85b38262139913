import type { ScanCut } from '@cloudtrace/plugin-cloudtrace-common';
import type { NormalizedFinding } from '@cloudtrace/plugin-cloudtrace-node';
import { formatError } from './formatErrors';
import { severityRank } from './severity';

/**
 * Limits of a SARIF file, equal to those of GitHub code scanning: above `most`,
 * the file is rejected; above `kept`, the rest is skipped and reported.
 */
export const sarifLimits = {
  runs: { name: 'runs', most: 20 },
  results: { name: 'results per run', most: 25_000, kept: 5_000 },
  rules: { name: 'rules per run', most: 25_000 },
  extensions: { name: 'tool extensions per run', most: 100 },
  locations: { name: 'locations per result', most: 1_000, kept: 100 },
  threadFlowLocations: {
    name: 'thread flow locations per result',
    most: 10_000,
    kept: 1_000,
  },
  tags: { name: 'tags per rule', most: 20, kept: 10 },
} as const;

/** Name of the limit of SonarQube's search. */
export const SONARQUBE_SEARCH_LIMIT = "results of SonarQube's search";

/** Names of limits that skip findings. */
export const resultLimits: ReadonlySet<string> = new Set([
  sarifLimits.results.name,
  SONARQUBE_SEARCH_LIMIT,
]);

/** @throws If there are more than the limit allows */
export function requireAtMost(
  limit: { name: string; most: number },
  count: number,
  path: string,
): void {
  if (count > limit.most) {
    throw formatError('scan-too-many', {
      path,
      number: count,
      what: limit.name,
      most: limit.most,
    });
  }
}

/** Collects what limits skipped, keeping the worst case of each limit. */
export class Cuts {
  readonly #cuts = new Map<string, ScanCut>();

  note(limit: { name: string; kept: number }, total: number): void {
    if (total <= limit.kept) return;
    const known = this.#cuts.get(limit.name);
    if (known && known.total >= total) return;
    this.#cuts.set(limit.name, {
      limit: limit.name,
      total,
      kept: limit.kept,
    });
  }

  list(): ScanCut[] {
    return [...this.#cuts.values()];
  }
}

/** Keeps the worst findings in their order, and records what was skipped. */
export function keepWorst(
  findings: NormalizedFinding[],
  cuts: Cuts,
): NormalizedFinding[] {
  const limit = sarifLimits.results;
  cuts.note(limit, findings.length);
  if (findings.length <= limit.kept) return findings;
  return findings
    .map((finding, i) => ({ finding, i }))
    .sort(
      (a, b) =>
        severityRank(b.finding.severity) - severityRank(a.finding.severity) ||
        a.i - b.i,
    )
    .slice(0, limit.kept)
    .map(({ finding }) => finding);
}
