import { severityRank } from '../importers/severity';
import {
  MAX_OCCURRENCES,
  type FindingKeys,
  type KeyedFinding,
} from './KeyedScan';

/**
 * Merges results of the same problem into one finding: the worst one describes
 * it, all contribute places.
 */
export function uniteResults(results: readonly KeyedFinding[]): KeyedFinding {
  if (results.length === 1) return results[0];
  const [worst] = [...results].sort(
    (a, b) => severityRank(b.severity) - severityRank(a.severity),
  );
  const occurrences = new Map(
    results
      .flatMap(result => result.occurrences)
      .map(occurrence => [JSON.stringify(occurrence), occurrence]),
  );
  const uncounted = results.reduce(
    (sum, { occurrenceCount, occurrences: kept }) =>
      sum + occurrenceCount - kept.length,
    0,
  );
  const keysOf = (kind: keyof FindingKeys) =>
    unique(results.flatMap(({ keys }) => keys[kind]));
  return {
    ...worst,
    cves: unique(results.flatMap(({ cves }) => cves)),
    cwes: unique(results.flatMap(({ cwes }) => cwes)),
    keys: {
      own: keysOf('own'),
      place: keysOf('place'),
      weakness: keysOf('weakness'),
      advisory: keysOf('advisory'),
    },
    // One place without suppression is enough to be a problem.
    suppression: results.every(({ suppression }) => suppression)
      ? worst.suppression
      : undefined,
    occurrences: [...occurrences.values()].slice(0, MAX_OCCURRENCES),
    occurrenceCount: occurrences.size + uncounted,
  };
}

function unique(values: string[]): string[] {
  return [...new Set(values)];
}
