import type {
  FindingOccurrence,
  ScanCut,
  Severity,
} from '@cloudtrace/plugin-cloudtrace-common';

/** One place where a finding is, with what tells it from other places. @public */
export interface NormalizedOccurrence extends FindingOccurrence {
  /** The tool's own stable fingerprint of the place, if it gives one; not stored. */
  fingerprint?: string;
  /** Source text of the place, if the tool gives it; used for identity, not stored. */
  snippet?: string;
}

/**
 * One result of a security scan in the words that all tools share.
 *
 * @remarks
 * Return one finding per result of the tool. CloudTrace unites results that are
 * the same problem: those with the same advisory and package, and those with
 * the same rule, path and source text.
 *
 * @public
 */
export interface NormalizedFinding {
  /** The tool's name of the rule or advisory, such as `no-eval` or `GHSA-…`. */
  ruleId: string;
  /** Ids that the tool gave to the rule before: findings of these go on, with their decisions. */
  formerRuleIds?: string[];
  /** One line of plain text. */
  title: string;
  /** Plain text; never markup. */
  description?: string;
  /** What to do about it, plain text. */
  remediation?: string;
  severity: Severity;
  /** The tool's own word or number for the severity. */
  sourceSeverity?: string;
  /** CVSS base score, 0 to 10. */
  cvssScore?: number;
  cvssVector?: string;
  /** `CVE-2025-12345`, upper case. */
  cves: string[];
  /** `CWE-79`, upper case. */
  cwes: string[];
  /** Further names of the vulnerability, such as `GHSA-…`; they join the results of several tools. */
  aliases?: string[];
  /**
   * Every place where the problem is, the most telling first; empty if the tool
   * names none. The finding is fixed when the last of them is gone. Paths are
   * relative to the repository's root, with `/`.
   *
   * All occurrences with a package name the same one, in any version: return
   * another finding for another package.
   */
  occurrences: NormalizedOccurrence[];
  /** Only http and https. */
  links: Array<{ title?: string; url: string }>;
  /** Set if the tool or its file says that this is not a problem. */
  suppression?: {
    /** `vex` statements also count for what other tools found. */
    kind: 'in-source' | 'external' | 'vex';
    reason: string;
  };
}

/** What one run of one tool found. @public */
export interface NormalizedScan {
  tool: string;
  toolVersion?: string;
  /** Tells scans of one tool apart; an upload can say another. */
  category?: string;
  /**
   * What the tool scans separately, such as an account: a scan of one part says
   * nothing about another, even if uploads give both the same category.
   */
  part?: string;
  commit?: string;
  /** When the scan took place, if the file says it. */
  analysedAt?: Date;
  durationMs?: number;
  /**
   * Why the scan did not check everything, or why nobody knows whether it did,
   * naming the field. Its findings count, but it closes nothing.
   */
  incomplete?: string;
  /**
   * Files and directories that the tool could not check, such as those with
   * syntax errors, although it ran to its end. Findings in them stay as they
   * are; all others close as usual. Paths are like those of occurrences.
   */
  uncheckedPaths?: string[];
  findings: NormalizedFinding[];
  /** What limits left out. */
  cuts: ScanCut[];
}

/** How an importer tells the sender that its document cannot be used. @public */
export class ScanFormatError extends Error {
  /** Told apart by name: the error crosses a thread. */
  override name = 'ScanFormatError';
}

/**
 * Reads the scan results of one format.
 *
 * @remarks
 * `parse` runs in a worker thread with bounded memory and time, never on the
 * event loop. The worker loads `modulePath` and takes the exported importer
 * with the same `id`, so that the importer has to be a named export of that
 * very module and must not depend on anything that the backend set up.
 *
 * @example
 * ```ts
 * export const acmeImporter: ScanImporter = {
 *   id: 'acme',
 *   title: 'ACME scanner',
 *   modulePath: __filename,
 *   parse: document => [...],
 * };
 * ```
 *
 * @public
 */
export interface ScanImporter {
  /** Part of the upload path, `/scans/<id>`: lower case letters, digits and dashes. */
  id: string;
  title: string;
  /** File of the module that exports the importer: its `__filename`. */
  modulePath: string;
  /**
   * Whether the format is JSON lines: one JSON value on each line. `parse` gets
   * the list of them, also if the sender made a list of them before.
   */
  jsonLines?: boolean;
  /**
   * Turns a JSON document into scans. Those of one tool and category become
   * one; their texts are cleaned afterwards, when nothing decodes them any more.
   *
   * @param document - Parsed JSON from outside: of any shape, at most 64 levels deep
   * @throws {@link ScanFormatError} naming the field if the document is not of the format
   */
  parse(document: unknown): NormalizedScan[];
}
