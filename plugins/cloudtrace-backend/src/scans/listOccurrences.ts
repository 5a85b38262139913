import type { FindingDetails } from '@cloudtrace/plugin-cloudtrace-common';
import type { DbFindingRow, DbFindingSourceRow } from './database/rows';
import { MAX_OCCURRENCES } from './identity/KeyedScan';

type Occurrence = FindingDetails['occurrences'][number];

/**
 * Lists every distinct place where the newest scans report a finding, with the
 * reporting tools; if no scan has it any more, the last known places.
 */
export function listOccurrences(
  finding: Pick<DbFindingRow, 'location' | 'package'>,
  sources: ReadonlyArray<
    Pick<
      DbFindingSourceRow,
      'tool' | 'occurrences' | 'occurrence_count' | 'present'
    >
  >,
): Pick<FindingDetails, 'occurrences' | 'occurrenceCount'> {
  const present = sources.filter(source => source.present);
  const places = new Map<string, Occurrence>();
  let uncounted = 0;
  for (const source of present.length > 0 ? present : sources) {
    const { tool, occurrences, occurrence_count: count } = source;
    uncounted = Math.max(uncounted, count - occurrences.length);
    for (const occurrence of occurrences) {
      const key = identify(occurrence);
      const known = places.get(key);
      const tools = new Set([...(known?.tools ?? []), tool]);
      places.set(key, { ...occurrence, ...known, tools: [...tools].sort() });
    }
  }
  const list = places.size > 0 ? [...places.values()] : onlyPlace(finding);
  return {
    occurrences: list.slice(0, MAX_OCCURRENCES),
    occurrenceCount: list.length + uncounted,
  };
}

/** Tools agree on a place if they report the same line and version. */
function identify({
  location,
  target,
  package: pkg,
}: Omit<Occurrence, 'tools'>) {
  return JSON.stringify([
    location?.path,
    location?.startLine,
    target,
    pkg?.name,
    pkg?.version,
  ]);
}

/** The place of a finding that no scan has had since occurrences were introduced. */
function onlyPlace({
  location,
  package: pkg,
}: Pick<DbFindingRow, 'location' | 'package'>): Occurrence[] {
  if (!location && !pkg) return [];
  return [
    {
      ...(location && { location }),
      ...(pkg && { package: pkg }),
      tools: [],
    },
  ];
}
