import type { KeyedScan } from './identity/KeyedScan';
import { resultLimits } from './importers/limits';
import { severityRank } from './importers/severity';

/**
 * Whether a scan that does not have a finding of this severity says that it is
 * gone. An incomplete scan says nothing of what it does not have. Limits leave
 * out the least severe, so that only what is worse than all of those is known.
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
