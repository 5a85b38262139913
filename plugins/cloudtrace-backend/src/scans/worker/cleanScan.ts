import type {
  CodedMessage,
  Wording,
} from '@cloudtrace/plugin-cloudtrace-common';
import type { NormalizedScan } from '@cloudtrace/plugin-cloudtrace-node';
import { plainText } from '../importers/plainText';

/** Maximum text lengths by field; they appear in indexes, tables and titles. */
const maxLengths = new Map([
  ['tool', 256],
  ['category', 256],
  ['part', 256],
  ['toolVersion', 64],
  ['commit', 64],
  ['incomplete', 1_000],
  ['ruleId', 256],
  ['title', 500],
  ['sourceSeverity', 64],
  ['cvssVector', 256],
  ['name', 256],
  ['version', 256],
  ['ecosystem', 64],
  ['path', 1_024],
  ['uncheckedPaths', 1_024],
  ['reason', 2_000],
]);
const LONGEST = 8_192;

/** Only hashed, never stored or shown: a different spelling would be a different place. */
const hashed = new Set(['fingerprint', 'snippet']);

/**
 * Cleans every text of a scan, whichever importer created it. This is the only
 * place that cleans, and it runs after all decoding, when text hidden in `%00`
 * or an escape is visible.
 */
export function cleanScan(scan: NormalizedScan): NormalizedScan {
  return clean(scan, '') as NormalizedScan;
}

/** Cleans a text; of a message its values, which may quote the file. */
export function cleanWording(text: Wording, maxLength: number): Wording {
  return typeof text === 'string'
    ? plainText(text, maxLength)
    : (clean(text, '') as CodedMessage);
}

function clean(value: unknown, key: string): unknown {
  if (typeof value === 'string') {
    return plainText(value, maxLengths.get(key) ?? LONGEST);
  }
  if (Array.isArray(value)) return value.map(item => clean(item, key));
  if (typeof value !== 'object' || value === null || value instanceof Date) {
    return value;
  }
  return Object.fromEntries(
    Object.entries(value).map(([name, part]) => [
      name,
      hashed.has(name) ? part : clean(part, name),
    ]),
  );
}
