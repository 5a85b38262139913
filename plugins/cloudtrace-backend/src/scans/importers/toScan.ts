import type {
  CodedMessage,
  JudgementCode,
  Wording,
} from '@cloudtrace/plugin-cloudtrace-common';
import type {
  NormalizedFinding,
  NormalizedScan,
} from '@cloudtrace/plugin-cloudtrace-node';
import { joinReasons } from './joinReasons';
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
    /** What the tool could not check, such as checks without a result. */
    unchecked?: {
      what: JudgementCode;
      values?: CodedMessage['values'];
      count: number;
    };
    /** Why the scan is incomplete, if the document says so in another way. */
    incomplete?: Wording;
  },
): NormalizedScan {
  const { path, unchecked } = options;
  const incomplete = joinReasons([
    options.incomplete,
    unchecked && unchecked.count > 0
      ? {
          code: 'scan-unchecked',
          values: {
            what: { code: unchecked.what, values: unchecked.values ?? {} },
            number: unchecked.count,
          },
        }
      : undefined,
  ]);
  requireAtMost(sarifLimits.results, scan.findings.length, path);
  const cuts = new Cuts();
  const findings: NormalizedFinding[] = keepWorst(scan.findings, cuts);
  return {
    ...scan,
    findings,
    cuts: cuts.list(),
    ...(incomplete && { incomplete }),
  };
}
