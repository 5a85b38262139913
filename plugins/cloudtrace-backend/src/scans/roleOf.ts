import type { ScanStream } from './database/ensureStream';
import type { DbScanRow } from './database/rows';

/**
 * Tolerated clock difference between two scanning machines: scans closer
 * together than this are ordered by arrival.
 */
const CLOCK_TOLERANCE_MS = 2 * 60_000;

/**
 * Whether a scan is the current one of its stream, is to become it, or is older
 * than it.
 */
export function roleOf(options: {
  row: Pick<DbScanRow, 'analysed_at' | 'commit_sha'>;
  stream: Pick<ScanStream, 'currentScanId' | 'analysedAt'>;
  /** An earlier scan with the same file. */
  same: string | undefined;
}): 'current' | 'newer' | 'outdated' {
  const { row, stream, same } = options;
  if (same !== undefined && same === stream.currentScanId) return 'current';
  // An old run was repeated: the same file for the same commit arrives again
  // after others.
  const isOldReplay =
    same !== undefined &&
    row.commit_sha !== null &&
    // A stream that ended restarts with any scan.
    stream.currentScanId !== undefined;
  const isLate = isOlder(row.analysed_at, stream.analysedAt);
  return isOldReplay || isLate ? 'outdated' : 'newer';
}

/** Only times from the scans themselves are comparable: our clock is a different one. */
function isOlder(at: Date | null, than: Date | undefined): boolean {
  return (
    at !== null &&
    than !== undefined &&
    at.getTime() < than.getTime() - CLOCK_TOLERANCE_MS
  );
}
