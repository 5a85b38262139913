import type { Wording } from '@cloudtrace/plugin-cloudtrace-common';
import {
  ScanFormatError,
  type NormalizedScan,
  type ScanImporter,
} from '@cloudtrace/plugin-cloudtrace-node';
import { hintAtOtherFormat } from '../importers/nameFormat';
import { plainText } from '../importers/plainText';
import { readPath } from '../importers/readPath';
import type { KeyedScan } from '../identity/KeyedScan';
import { withKeys } from '../identity/withKeys';
import { cleanScan, cleanWording } from './cleanScan';
import { decodeScan } from './decodeScan';
import { uniteScans } from './uniteScans';

/** Input of the worker. */
export interface ParseTask {
  body: Uint8Array;
  gzip: boolean;
  importerId: string;
  importerPath: string;
  /** Checkout folder of the repository, for files with absolute paths. */
  checkoutUri?: string;
  /** The upload's own category, for the whole file. */
  category?: string;
}

/** Output of the worker. */
export type ParseAnswer =
  | { scans: KeyedScan[] }
  | { refused: Wording }
  | { failed: string };

/** Maximum number of findings per upload. */
const MAX_FINDINGS = 100_000;
/** Maximum length of an error; it may quote the file. */
const MAX_ERROR_LENGTH = 2_000;

/**
 * The entry point of the worker thread. An object, so that the built module
 * keeps its exports although nothing imports the function by name.
 */
export const scanParser = {
  modulePath: __filename,

  /** Parses a file; never throws. */
  parse(task: ParseTask): ParseAnswer {
    try {
      const scans = parseDocument(task);
      checkTotal(scans);
      const root = readPath(task.checkoutUri);
      const cleaned = scans.map(scan => cleanScan(relativeTo(scan, root)));
      return { scans: uniteScans(cleaned, task.category).map(withKeys) };
    } catch (error) {
      const { name, message, wording } = error as Error & { wording?: Wording };
      return name === 'ScanFormatError'
        ? { refused: cleanWording(wording ?? message, MAX_ERROR_LENGTH) }
        : { failed: `${name}: ${plainText(message, MAX_ERROR_LENGTH)}` };
    }
  },
};

function parseDocument(task: ParseTask): NormalizedScan[] {
  const importer = loadImporter(task);
  const document = decodeScan(task.body, {
    gzip: task.gzip,
    jsonLines: importer.jsonLines,
  });
  const hint = hintAtOtherFormat(document, importer.id);
  let scans: NormalizedScan[];
  try {
    scans = importer.parse(document);
  } catch (error) {
    const { name, message, wording } = error as Error & { wording?: Wording };
    if (name !== 'ScanFormatError' || !hint) throw error;
    throw new ScanFormatError({
      code: 'sentences',
      values: { first: wording ?? message, second: hint },
    });
  }
  // Reading a file of another format would yield nothing, which would mark
  // everything as fixed, or wrong results.
  if (hint) throw new ScanFormatError(hint);
  return scans;
}

function loadImporter(task: ParseTask): ScanImporter {
  const exported: Record<string, unknown> = require(task.importerPath);
  const importer = Object.values(exported).find(
    value =>
      typeof value === 'object' &&
      value !== null &&
      (value as { id?: unknown }).id === task.importerId &&
      typeof (value as { parse?: unknown }).parse === 'function',
  );
  if (!importer) {
    throw new Error(
      `${task.importerPath} exports no importer with the id '${task.importerId}'`,
    );
  }
  return importer as ScanImporter;
}

/** Paths below the checkout start at the repository's root. */
function relativeTo(
  scan: NormalizedScan,
  root: string | undefined,
): NormalizedScan {
  if (!root) return scan;
  const prefix = `${root}/`;
  const relative = (path: string) =>
    path.startsWith(prefix) ? path.slice(prefix.length) : path;
  for (const { occurrences } of scan.findings) {
    for (const { location } of occurrences) {
      if (location) location.path = relative(location.path);
    }
  }
  return { ...scan, uncheckedPaths: scan.uncheckedPaths?.map(relative) };
}

function checkTotal(scans: NormalizedScan[]): void {
  // Not evidence that nothing needs a fix, nor that anything was fixed.
  if (scans.length === 0) {
    throw new ScanFormatError({ code: 'scan-none', values: {} });
  }
  const total = scans.reduce((sum, scan) => sum + scan.findings.length, 0);
  if (total > MAX_FINDINGS) {
    throw new ScanFormatError({
      code: 'scan-too-many-findings',
      values: { findings: total, most: MAX_FINDINGS },
    });
  }
}
