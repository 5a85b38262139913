import {
  wordText,
  type FindingOccurrence,
  type ScanCut,
  type Severity,
  type Wording,
} from '@cloudtrace/plugin-cloudtrace-common';

/** One place where a finding appears, with what distinguishes it from other places. @public */
export interface NormalizedOccurrence extends FindingOccurrence {
  /** The tool's own stable fingerprint of the place, if it has one; not stored. */
  fingerprint?: string;
  /** Source text of the place, if the tool includes it; used for identity, not stored. */
  snippet?: string;
}

/**
 * One result of a security scan, in terms that all tools share.
 *
 * @remarks Return one finding per result of the tool. CloudTrace merges results
 * that are the same problem: those with the same advisory and package, and
 * those with the same rule, path and source text.
 *
 * @public
 */
export interface NormalizedFinding {
  /** The tool's name of the rule or advisory, such as `no-eval` or `GHSA-…`. */
  ruleId: string;
  /**
   * Ids that the tool used for the rule before: their findings continue, with
   * their triage decisions.
   */
  formerRuleIds?: string[];
  /** One line of plain text. */
  title: string;
  /** Plain text; never markup. */
  description?: string;
  /** How to fix it, plain text. */
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
  /**
   * Other names of the vulnerability, such as `GHSA-…`; CloudTrace merges
   * results of several tools by them.
   */
  aliases?: string[];
  /**
   * Every place where the problem appears, the most informative first; empty if
   * the tool names none. The finding is fixed when the last of them is gone.
   * Paths are relative to the repository's root, with `/`.
   *
   * All occurrences with a package name the same package, in any version:
   * return another finding for another package.
   */
  occurrences: NormalizedOccurrence[];
  /** Only http and https. */
  links: Array<{ title?: string; url: string }>;
  /** Set if the tool or its file says that this is not a problem. */
  suppression?: {
    /** `vex` statements also apply to findings of other tools. */
    kind: 'in-source' | 'external' | 'vex';
    reason: string;
  };
}

/** What one run of one tool found. @public */
export interface NormalizedScan {
  tool: string;
  toolVersion?: string;
  /** Distinguishes scans of one tool; an upload can set another one. */
  category?: string;
  /**
   * What the tool scans separately, such as an account: a scan of one part says
   * nothing about another, even if uploads give both the same category.
   */
  part?: string;
  commit?: string;
  /** When the scan took place, if the file says so. */
  analysedAt?: Date;
  durationMs?: number;
  /**
   * Why the scan did not check everything, or may not have, with the field that
   * says so. Its findings count, but it closes none.
   */
  incomplete?: Wording;
  /**
   * Files and directories that the tool could not check, such as those with
   * syntax errors, although it completed. Findings in them stay as they are;
   * all others close as usual. Paths are like those of occurrences.
   */
  uncheckedPaths?: string[];
  findings: NormalizedFinding[];
  /** What limits left out. */
  cuts: ScanCut[];
}

/** How an importer reports to the sender that its document cannot be used. @public */
export class ScanFormatError extends Error {
  /** Identified by name, because the error crosses a thread boundary. */
  override name = 'ScanFormatError';

  constructor(
    /** What is wrong, as a code with values or in the importer's own words. */
    readonly wording: Wording,
  ) {
    super(wordText(wording));
  }
}

/**
 * Reads the scan results of one format.
 *
 * @remarks `parse` runs in a worker thread with limited memory and time, never
 * on the event loop. The worker loads `modulePath` and uses the exported
 * importer with the same `id`. So the importer must be a named export of that
 * module and must not depend on state that the backend set up.
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
  /** Part of the upload path, `/scans/<id>`: lower-case letters, digits and dashes. */
  id: string;
  title: string;
  /** File of the module that exports the importer: its `__filename`. */
  modulePath: string;
  /**
   * Whether the format is JSON lines: one JSON value per line. `parse` gets
   * them as a list, even if the sender already sent a list.
   */
  jsonLines?: boolean;
  /**
   * Turns a JSON document into scans. CloudTrace merges those of one tool and
   * category, and sanitizes their texts afterwards, when nothing decodes them
   * any more.
   *
   * @param document - Parsed JSON from outside: of any shape, at most 64 levels
   * deep
   * @throws {@link ScanFormatError} naming the field if the document is not in
   * the format
   */
  parse(document: unknown): NormalizedScan[];
}
