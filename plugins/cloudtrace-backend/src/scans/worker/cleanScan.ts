import type { NormalizedScan } from '@cloudtrace/plugin-cloudtrace-node';
import { plainText } from '../importers/plainText';

/** Longest texts by field; they stand in indexes, tables and titles. */
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
  ['reason', 2_000],
]);
const LONGEST = 8_192;

/** Only hashed, never stored or shown: another spelling would be another place. */
const hashed = new Set(['fingerprint', 'snippet']);

/**
 * Cleans every text of a scan, whichever importer made it. The only place that
 * does, and after everything was decoded: what is hidden in `%00` or an escape
 * is visible by now.
 */
export function cleanScan(scan: NormalizedScan): NormalizedScan {
  return clean(scan, '') as NormalizedScan;
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
