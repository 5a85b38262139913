import type { KeyedScan } from './identity/KeyedScan';
import { resultLimits } from './importers/limits';
import { severityRank } from './importers/severity';

/**
 * Whether the absence of a finding of this severity in a scan means that the
 * finding is gone. An incomplete scan does not show that. Limits cut the least
 * severe findings, so only findings more severe than all cut ones are known.
 *
 * @param rank - Severity as a number, as stored
 */
export function saysGone(scan: KeyedScan, rank: number): boolean {
  if (scan.incomplete) return false;
  if (!scan.cuts.some(({ limit }) => resultLimits.has(limit))) return true;
  const least = Math.min(
    ...scan.findings.map(({ severity }) => severityRank(severity)),
  );
  return rank > least;
}
