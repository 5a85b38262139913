import type {
  NormalizedFinding,
  NormalizedScan,
} from '@cloudtrace/plugin-cloudtrace-node';
import { Cuts, keepWorst, requireAtMost, sarifLimits } from './limits';

/**
 * Creates a scan within the limits that all formats share. If the tool could
 * not check something, the scan is incomplete: unknown is not the same as none.
 */
export function toScan(
  scan: Omit<NormalizedScan, 'cuts' | 'incomplete'>,
  options: {
    /** Location of the findings in the document, for the error. */
    path: string;
    /** What the tool could not check, such as `checks without a result`. */
    unchecked?: { what: string; count: number };
  },
): NormalizedScan {
  const { path, unchecked } = options;
  requireAtMost(sarifLimits.results, scan.findings.length, path);
  const cuts = new Cuts();
  const findings: NormalizedFinding[] = keepWorst(scan.findings, cuts);
  return {
    ...scan,
    findings,
    cuts: cuts.list(),
    ...(unchecked &&
      unchecked.count > 0 && {
        incomplete: `${unchecked.what}: ${unchecked.count}`,
      }),
  };
}
