import type { ScanCut } from '@cloudtrace/plugin-cloudtrace-common';
import type {
  NormalizedFinding,
  NormalizedScan,
} from '@cloudtrace/plugin-cloudtrace-node';
import { Cuts, keepWorst, requireAtMost, sarifLimits } from './limits';

/** A scan within the limits that all formats share, with what they left out. */
export function toScan(
  scan: Omit<NormalizedScan, 'cuts'>,
  options: {
    /** Where the findings are in the document, for the error. */
    path: string;
    /** What the tool itself could not check: unknown is not the same as none. */
    unchecked?: { what: string; count: number };
  },
): NormalizedScan {
  requireAtMost(sarifLimits.results, scan.findings.length, options.path);
  const cuts = new Cuts();
  const findings: NormalizedFinding[] = keepWorst(scan.findings, cuts);
  const { what, count } = options.unchecked ?? { what: '', count: 0 };
  const unchecked: ScanCut[] =
    count > 0 ? [{ limit: what, total: count, kept: 0 }] : [];
  return { ...scan, findings, cuts: [...cuts.list(), ...unchecked] };
}
