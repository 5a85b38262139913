import type { ScanCut } from '@cloudtrace/plugin-cloudtrace-common';
import type { NormalizedScan } from '@cloudtrace/plugin-cloudtrace-node';
import type { CategorizedScan } from '../identity/CategorizedScan';
import { joinReasons } from '../importers/joinReasons';
import { resultLimits } from '../importers/limits';

/** Default name of category and ref. */
export const UNNAMED = 'default';

/**
 * Makes one scan of all that would replace each other: those of the same tool
 * and final category. The category of an upload stands for all of its file, so
 * that a run that disappears from the file is gone. Parts that the tool scans
 * separately stay separate: another upload may hold only some of them.
 */
export function uniteScans(
  scans: readonly NormalizedScan[],
  category: string | undefined,
): CategorizedScan[] {
  const united = new Map<string, CategorizedScan>();
  for (const scan of scans) {
    const named = { ...scan, category: categoryOf(scan, category) };
    const key = JSON.stringify([named.tool, named.category]);
    const known = united.get(key);
    united.set(key, known ? unite(known, named) : named);
  }
  return [...united.values()];
}

function categoryOf(scan: NormalizedScan, given: string | undefined): string {
  const { part } = scan;
  if (given !== undefined && part) return `${given}/${part}`;
  return given ?? (scan.category || part || UNNAMED);
}

function unite(a: CategorizedScan, b: CategorizedScan): CategorizedScan {
  const unchecked = new Set([
    ...(a.uncheckedPaths ?? []),
    ...(b.uncheckedPaths ?? []),
  ]);
  return {
    ...a,
    toolVersion: a.toolVersion ?? b.toolVersion,
    commit: a.commit ?? b.commit,
    analysedAt: latest(a.analysedAt, b.analysedAt),
    durationMs: sum(a.durationMs, b.durationMs),
    incomplete: joinReasons([a.incomplete, b.incomplete]),
    uncheckedPaths: unchecked.size > 0 ? [...unchecked] : undefined,
    findings: a.findings.concat(b.findings),
    cuts: uniteCuts(a, b),
  };
}

/**
 * Cut results are counted over the file, including what other runs kept; for
 * other limits, the worst case counts.
 */
function uniteCuts(a: NormalizedScan, b: NormalizedScan): ScanCut[] {
  const limits = new Set([...a.cuts, ...b.cuts].map(({ limit }) => limit));
  return [...limits].map(limit => {
    const inA = a.cuts.find(cut => cut.limit === limit);
    const inB = b.cuts.find(cut => cut.limit === limit);
    if (resultLimits.has(limit)) {
      return {
        limit,
        total:
          (inA?.total ?? a.findings.length) + (inB?.total ?? b.findings.length),
        kept:
          (inA?.kept ?? a.findings.length) + (inB?.kept ?? b.findings.length),
      };
    }
    return (inA?.total ?? 0) >= (inB?.total ?? 0) ? inA! : inB!;
  });
}

function latest(a: Date | undefined, b: Date | undefined): Date | undefined {
  if (!a || !b) return a ?? b;
  return a > b ? a : b;
}

function sum(a: number | undefined, b: number | undefined): number | undefined {
  return a === undefined || b === undefined ? a ?? b : a + b;
}
