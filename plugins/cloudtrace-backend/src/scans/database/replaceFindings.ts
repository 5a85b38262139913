import type {
  FindingOccurrence,
  FindingState,
} from '@cloudtrace/plugin-cloudtrace-common';
import type { Knex } from 'knex';
import { queryRows } from '../../database/queryRows';
import { randomUUID } from 'node:crypto';
import { assignFindings } from '../identity/assignFindings';
import { MAX_OCCURRENCES, type KeyedScan } from '../identity/KeyedScan';
import { matchLegacy } from '../identity/matchLegacy';
import { uniteResults } from '../identity/uniteResults';
import { saysGone } from '../saysGone';
import { UncheckedPaths } from '../UncheckedPaths';
import { arrayBinding } from '../../database/arrayBinding';
import { deriveStates } from './deriveStates';
import { insertEvents, type NewFindingEvent } from './insertEvents';
import { matchFindings } from './matchFindings';
import { takeLegacyFindings } from './takeLegacyFindings';
import { upsertFindings, type IdentifiedFinding } from './upsertFindings';
import { upsertKeys } from './upsertKeys';

/** A scan that replaces the previous one of its stream. */
export interface ScanContext {
  entityId: number;
  streamId: string;
  scanId: string;
  scan: KeyedScan;
  category: string;
  ref: string;
  commit: string | undefined;
  receivedAt: Date;
}

/** What a scan changed. */
export interface ScanOutcome {
  findings: number;
  newFindings: number;
  fixedFindings: number;
  reopenedFindings: number;
  /** New and open findings, for the notification. Each finding is new once. */
  alarming: Array<{ findingId: string; severity: number; title: string }>;
}

/** A finding of the previous scan. */
interface PresentSource {
  findingId: string;
  severity: number;
  /** Only read if the scan has unchecked paths. */
  occurrences: FindingOccurrence[] | null;
  /** How many there were; not all of them may be stored. */
  occurrenceCount: number;
}

/** The findings of a scan, and the keys that several of them share. */
interface Identified {
  findings: IdentifiedFinding[];
  ambiguous: string[];
}

const CHUNK = 1_000;

/** Replaces the findings of a stream with those of a newer scan. Needs the entity's lock. */
export async function replaceFindings(
  tx: Knex.Transaction,
  context: ScanContext,
): Promise<ScanOutcome> {
  const { entityId, streamId, scanId, scan, receivedAt: at } = context;
  const { findings: results, ambiguous } = await identify(tx, context);
  const found = new Set(results.map(({ findingId }) => findingId));
  const unchecked = new UncheckedPaths(scan.uncheckedPaths);
  const before = await readBefore(tx, {
    entityId,
    streamId,
    findingIds: [...found],
    withPlaces: !unchecked.isEmpty,
  });
  const identified = keepUncheckedPlaces(results, before.present, unchecked);

  for (let i = 0; i < identified.length; i += CHUNK) {
    await upsertFindings(tx, context, identified.slice(i, i + CHUNK));
  }
  await upsertKeys(tx, entityId, identified, new Set(ambiguous));
  const gone = before.present
    .filter(source => !found.has(source.findingId))
    .filter(source => saysGone(scan, source.severity))
    .filter(source => !mayBeUnchecked(source, unchecked))
    .map(({ findingId }) => findingId);
  await tx.raw(
    `UPDATE finding_sources SET present = false
      WHERE entity_id = ? AND stream_id = ? AND finding_id = ANY(?::uuid[])`,
    [entityId, streamId, arrayBinding(gone)],
  );

  const derived = await deriveStates(tx, {
    entityId,
    findingIds: [...found, ...gone],
    at,
    scanId,
  });
  const titles = new Map(
    identified.map(item => [item.findingId, item.finding.title]),
  );
  const events: NewFindingEvent[] = [];
  const outcome: ScanOutcome = {
    findings: identified.length,
    newFindings: 0,
    fixedFindings: 0,
    reopenedFindings: 0,
    alarming: [],
  };
  for (const { findingId, state, severity } of derived) {
    const kind = changeOf(before.states.get(findingId), state);
    if (!kind) continue;
    events.push({ findingId, kind, tool: scan.tool, commit: context.commit });
    if (kind === 'found') outcome.newFindings += 1;
    else if (kind === 'fixed') outcome.fixedFindings += 1;
    else outcome.reopenedFindings += 1;
    if (kind === 'found' && state === 'open') {
      const title = titles.get(findingId) ?? '';
      outcome.alarming.push({ findingId, severity, title });
    }
  }
  await insertEvents(tx, entityId, at, events);
  return outcome;
}

function changeOf(
  before: string | undefined,
  now: string,
): 'found' | 'fixed' | 'reopened' | undefined {
  if (before === undefined) return 'found';
  if (before === 'fixed') return now === 'fixed' ? undefined : 'reopened';
  return now === 'fixed' ? 'fixed' : undefined;
}

/** Maps each result to a stored finding; results of the same finding are merged. */
async function identify(
  tx: Knex.Transaction,
  { entityId, scan }: ScanContext,
): Promise<Identified> {
  const { tool, findings } = scan;
  const known = await matchFindings(tx, entityId, findings);
  const unknown = findings.filter(
    ({ keys }) => !keys.own.some(key => known.findings.has(key)),
  );
  const legacy = matchLegacy(
    findings,
    await takeLegacyFindings(tx, entityId, unknown),
  );
  const { findings: assigned, ambiguous } = assignFindings({
    tool,
    findings,
    known,
    legacy,
    createId: randomUUID,
  });
  return {
    findings: assigned.map(({ results, ...rest }) => ({
      ...rest,
      finding: uniteResults(results),
    })),
    ambiguous,
  };
}

/** Whether one of its places could not be checked, or may be one that is not stored. */
function mayBeUnchecked(
  source: PresentSource,
  unchecked: UncheckedPaths,
): boolean {
  if (unchecked.isEmpty) return false;
  const places = source.occurrences;
  return (
    // Older versions stored none.
    !places ||
    source.occurrenceCount > places.length ||
    places.some(place => unchecked.has(place))
  );
}

/** A finding that was found elsewhere keeps its places that could not be checked. */
function keepUncheckedPlaces(
  identified: readonly IdentifiedFinding[],
  present: readonly PresentSource[],
  unchecked: UncheckedPaths,
): readonly IdentifiedFinding[] {
  if (unchecked.isEmpty) return identified;
  const before = new Map(
    present.map(source => [source.findingId, source.occurrences ?? []]),
  );
  return identified.map(({ finding, ...rest }) => {
    const { occurrences, occurrenceCount } = finding;
    const paths = new Set(occurrences.map(o => o.location?.path));
    // A path with results was checked in part, so its results count.
    const kept = (before.get(rest.findingId) ?? []).filter(
      place => unchecked.has(place) && !paths.has(place.location?.path),
    );
    const room = Math.max(0, MAX_OCCURRENCES - occurrences.length);
    return {
      ...rest,
      finding: {
        ...finding,
        occurrenceCount: occurrenceCount + kept.length,
        occurrences: [...occurrences, ...kept.slice(0, room)],
      },
    };
  });
}

async function readBefore(
  tx: Knex.Transaction,
  options: {
    entityId: number;
    streamId: string;
    findingIds: readonly string[];
    withPlaces: boolean;
  },
): Promise<{ present: PresentSource[]; states: Map<string, FindingState> }> {
  const { entityId, streamId, findingIds, withPlaces } = options;
  const present = await queryRows<PresentSource>(
    tx,
    `SELECT finding_id AS "findingId", severity,
            occurrence_count AS "occurrenceCount",
            ${withPlaces ? 'occurrences' : 'NULL'} AS occurrences
       FROM finding_sources
      WHERE entity_id = ? AND stream_id = ? AND present`,
    [entityId, streamId],
  );
  const ids = present.map(({ findingId }) => findingId);
  const states = await queryRows<{ finding_id: string; state: FindingState }>(
    tx,
    `SELECT finding_id, state FROM findings
      WHERE entity_id = ? AND finding_id = ANY(?::uuid[])`,
    [entityId, arrayBinding([...findingIds, ...ids])],
  );
  return {
    present,
    states: new Map(states.map(row => [row.finding_id, row.state])),
  };
}
