import {
  messageOf,
  wordTexts,
  type CodedMessage,
  type FailoverStep,
  type MissingData,
} from '@cloudtrace/plugin-cloudtrace-common';
import {
  databaseEvidence,
  earliestOf,
  requestEvidence,
  type Evidence,
} from './findEvidence';
import { SKEW_MS } from './findTargetFailures';
import { measureImpact } from './measureImpact';
import type { DatabaseOccurrence, DetectionInput, Episode } from './types';

/** If no end is reported within this time, the outcome counts as unknown. */
const MAX_DURATION_MS = 60 * 60_000;
/** How far from the failover its reason may be reported. */
const REASON_WINDOW_MS = 10 * 60_000;

/**
 * Finds failovers of databases. Each begins with its start event, or with the
 * end event if there is no start.
 */
export function findDatabaseFailovers(input: DetectionInput): Episode[] {
  const unique = new Map(
    input.databaseEvents.map(e => [`${e.resourceId}\n${e.eventId}`, e]),
  );
  const events = [...unique.entries()]
    .sort(
      ([a, x], [b, y]) => x.at.getTime() - y.at.getTime() || (a < b ? -1 : 1),
    )
    .map(([, event]) => event);
  const byResource = new Map<string, DatabaseOccurrence[]>();
  for (const event of events) {
    const own = byResource.get(event.resourceId) ?? [];
    byResource.set(event.resourceId, [...own, event]);
  }
  return [...byResource.values()].flatMap(own =>
    pairUp(own).map((pair, i, pairs) =>
      toEpisode(pair, { own, previousEnd: endOf(pairs[i - 1]), input }),
    ),
  );
}

interface Pair {
  started?: DatabaseOccurrence;
  /** The event that ends it, also if it failed. */
  completed?: DatabaseOccurrence;
  /** The cause that the provider reported. */
  reason?: DatabaseOccurrence;
}

function pairUp(events: DatabaseOccurrence[]): Pair[] {
  const pairs: Pair[] = [];
  for (const event of events) {
    const last = pairs.at(-1);
    const lastAt = last && (last.completed ?? last.started)!.at.getTime();
    const near =
      lastAt !== undefined && event.at.getTime() - lastAt <= MAX_DURATION_MS;
    if (event.kind === 'failover-started') {
      if (last?.started && !last.completed && near) continue;
      // Clocks differ: an end may be reported slightly before its start.
      if (
        last?.completed &&
        !last.started &&
        event.at.getTime() - last.completed.at.getTime() <= SKEW_MS
      ) {
        last.started = event;
        continue;
      }
      pairs.push({ started: event });
    } else if (event.kind === 'failover-completed') {
      if (last?.started && !last.completed && near) {
        last.completed = event;
      } else if (
        !(
          last?.completed &&
          event.at.getTime() - last.completed.at.getTime() <= SKEW_MS
        )
      ) {
        pairs.push({ completed: event });
      }
    } else if (event.kind === 'failover-abandoned') {
      // On its own, this event reports a failover that did not happen.
      if (last?.started && !last.completed && near) last.completed = event;
    }
  }
  return pairs.map(pair => ({ ...pair, reason: reasonOf(pair, events) }));
}

/** The reason reported during the failover or shortly before or after it. */
function reasonOf(
  pair: Pair,
  events: readonly DatabaseOccurrence[],
): DatabaseOccurrence | undefined {
  const from =
    (pair.started ?? pair.completed)!.at.getTime() - REASON_WINDOW_MS;
  const to = (pair.completed ?? pair.started)!.at.getTime() + REASON_WINDOW_MS;
  return events.find(
    ({ kind, at }) =>
      kind === 'failover-reason' && at.getTime() >= from && at.getTime() <= to,
  );
}

/** When a failover ended. Events up to that time belong to it, not to the next one. */
function endOf(pair: Pair | undefined): number {
  const last = pair && (pair.completed ?? pair.started);
  return last ? last.at.getTime() : -Infinity;
}

function toEpisode(
  pair: Pair,
  context: {
    own: readonly DatabaseOccurrence[];
    previousEnd: number;
    input: DetectionInput;
  },
): Episode {
  const { own, previousEnd, input } = context;
  const { started, completed, reason } = pair;
  const known = (started ?? completed)!;
  const until = input.until.getTime();
  const { detectedAt, recoveredAt, missingData } = timesOf(pair, until);
  const measured = measureImpact(
    input.requests,
    {
      kind: 'database',
      keys: new Set(),
      instances: new Set(),
      checkedAt: detectedAt,
      detectedAt,
      recoveredAt,
    },
    { memberships: [], until },
  );
  const began = earliestOf(detectedAt, [
    requestEvidence(measured.beganAt),
    databaseEvidence(own, previousEnd, detectedAt),
  ]);
  const planned = reason?.planned ?? started?.planned ?? completed?.planned;
  return {
    subject: {
      kind: 'database',
      key: known.resourceId,
      label: known.resourceName,
      zone: started?.fromZone ?? completed?.fromZone,
      resourceId: known.resourceId,
    },
    cause: wordTexts({ summary: messageOf(reason ?? known, 'message')! }),
    planned: planned === undefined ? 'unknown' : (planned && 'yes') || 'no',
    startedAt: began?.at ?? detectedAt,
    detectedAt,
    recoveredAt,
    flaps: 0,
    impact: measured.impact,
    missingData: [...new Set([...missingData, ...measured.missingData])].sort(),
    steps: stepsOf(pair, began),
    failures: [started, completed].flatMap(event =>
      event ? [toFailure(event)] : [],
    ),
  };
}

function timesOf(
  { started, completed }: Pair,
  until: number,
): { detectedAt: number; recoveredAt?: number; missingData: MissingData[] } {
  const start = started?.at.getTime();
  const end = completed?.at.getTime();
  const isSwapped = start !== undefined && end !== undefined && start > end;
  const detectedAt = isSwapped ? end : (start ?? end)!;
  // Nobody reported its end, but it cannot be ongoing for ever.
  const isEndLost = end === undefined && until - detectedAt > MAX_DURATION_MS;
  return {
    detectedAt,
    recoveredAt: isEndLost ? detectedAt : end && Math.max(end, detectedAt),
    missingData: [
      ...(start === undefined ? ['start-uncertain' as const] : []),
      ...(isSwapped ? ['clock-skew' as const] : []),
      ...(isEndLost ? ['recovery-uncertain' as const] : []),
    ],
  };
}

function toFailure(event: DatabaseOccurrence): Episode['failures'][number] {
  return {
    key: `${event.resourceId}\n${event.eventId}`,
    from: event.at.getTime(),
    to: event.at.getTime(),
  };
}

/** The steps of an episode, ascending by time. */
function stepsOf(
  { started, completed }: Pair,
  began: Evidence | undefined,
): FailoverStep[] {
  const steps: Array<FailoverStep | undefined> = [
    began && {
      at: new Date(began.at).toISOString(),
      kind: 'began',
      source: began.source,
      ...wordTexts({ title: began.title }),
    },
    started && {
      at: started.at.toISOString(),
      kind: 'detected',
      source: 'database',
      ...wordTexts({
        title: { code: 'database-began', values: {} },
        detail: messageOf(started, 'message'),
      }),
    },
    completed && {
      at: completed.at.toISOString(),
      kind: 'recovered',
      source: 'database',
      ...wordTexts({
        title: endTitle({ started, completed }),
        detail: messageOf(completed, 'message'),
      }),
    },
  ];
  return steps
    .filter(step => step !== undefined)
    .sort((a, b) => a.at.localeCompare(b.at));
}

function endTitle({
  started,
  completed,
}: Pair & { completed: DatabaseOccurrence }): CodedMessage {
  if (completed.kind === 'failover-abandoned') {
    return { code: 'database-abandoned', values: {} };
  }
  const from = started?.fromZone ?? completed.fromZone;
  const to = completed.toZone ?? started?.toZone;
  return from && to
    ? { code: 'database-moved', values: { from, to } }
    : { code: 'database-completed', values: {} };
}
