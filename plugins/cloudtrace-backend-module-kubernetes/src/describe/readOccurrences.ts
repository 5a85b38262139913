import type { WatchedObject, WorkloadObjects } from '../objects/types';
import { regardingOf } from '../store/storeIndexes';
import { countAt, digestOf, shortenName, textAt, timeAt } from './fields';

/** One occurrence of a Kubernetes Event. */
export interface Occurrence {
  /** The same in every observation of the same occurrence. */
  id: string;
  at: Date;
  reason: string;
  message: string;
  /** The object that it is about. */
  kind: string;
  name: string;
  uid?: string;
  /** Part of the object, e.g. `spec.containers{app}`. */
  fieldPath?: string;
  /** The first occurrence of its event; the same in every observation. */
  first: { id: string; at: Date };
  /** The time in which its event also occurred, at times that are not known. */
  repeatedIn?: { from: Date; to: Date };
}

/** client-go joins more than ten similar events (tools/record/events_cache.go). */
const COMBINED = '(combined from similar events): ';

/**
 * Reads Events of core/v1 and events.k8s.io/v1, which are two views of one
 * stored object with the same uid (pkg/apis/events/v1/conversion.go). A
 * repeated event is one object whose last time moves: only its first and its
 * last occurrence are known.
 *
 * Whoever may create Events in a namespace can name any object in them. Only
 * those of the workload's own namespace count, which says who wrote them.
 *
 * @returns Each occurrence once, ascending; independent of the order and number
 * of observations
 */
export function readOccurrences({
  events,
  workload,
}: Pick<WorkloadObjects, 'events' | 'workload'>): Occurrence[] {
  const namespace = textAt(workload, 'metadata', 'namespace');
  const own = events.filter(event => isFrom(namespace, event));
  const byId = new Map<string, Occurrence>();
  for (const occurrence of own.flatMap(occurrencesOf)) {
    byId.set(occurrence.id, occurrence);
  }
  return [...byId.values()].sort(
    (a, b) => a.at.getTime() - b.at.getTime() || (a.id < b.id ? -1 : 1),
  );
}

function isFrom(namespace: string | undefined, event: WatchedObject): boolean {
  return (
    namespace !== undefined &&
    textAt(event, 'metadata', 'namespace') === namespace &&
    textAt(regardingOf(event), 'namespace') === namespace
  );
}

function occurrencesOf(event: WatchedObject): Occurrence[] {
  const raw = textAt(event, 'message') ?? textAt(event, 'note') ?? '';
  const isCombined = raw.startsWith(COMBINED);
  const facts = {
    ...aboutOf(event),
    reason: textAt(event, 'reason') ?? '',
    message: isCombined ? raw.slice(COMBINED.length) : raw,
  };
  const key =
    textAt(event, 'metadata', 'uid') ?? digestOf(JSON.stringify(facts));
  // The message of a combined event is that of its last occurrence.
  const times = isCombined
    ? [lastTime(event)]
    : [firstTime(event), lastTime(event)];
  const repeatedIn = repetitionOf(event);
  const idAt = (at: Date) => shortenName(`${key}@${at.toISOString()}`);
  const begin = firstTime(event);
  return times.flatMap(at => {
    if (!at || !begin) return [];
    const first = { id: idAt(begin), at: begin };
    return [{ ...facts, at, first, repeatedIn, id: idAt(at) }];
  });
}

/**
 * The last known occurrence of each event. What fails again in the same way is
 * one failure that lasts, however often it is tried.
 */
export function oncePerEvent(occurrences: readonly Occurrence[]): Occurrence[] {
  return [...new Map(occurrences.map(each => [each.first.id, each])).values()];
}

/** An event that occurred more than twice has times between its first and last one. */
function repetitionOf(event: WatchedObject): Occurrence['repeatedIn'] {
  const count =
    countAt(event, 'series', 'count') ??
    countAt(event, 'count') ??
    countAt(event, 'deprecatedCount') ??
    1;
  const from = firstTime(event);
  const to = lastTime(event);
  return count > 2 && from && to ? { from, to } : undefined;
}

function aboutOf(event: WatchedObject) {
  const about = regardingOf(event);
  return {
    kind: textAt(about, 'kind') ?? '',
    name: shortenName(textAt(about, 'name') ?? ''),
    uid: textAt(about, 'uid'),
    fieldPath: textAt(about, 'fieldPath'),
  };
}

function firstTime(event: WatchedObject): Date | undefined {
  return (
    timeAt(event, 'firstTimestamp') ??
    timeAt(event, 'deprecatedFirstTimestamp') ??
    timeAt(event, 'eventTime') ??
    createdAt(event) ??
    lastTime(event)
  );
}

/** The creation of an event without a first time; unlike the last one, it does not move. */
function createdAt(event: WatchedObject): Date | undefined {
  const at = timeAt(event, 'metadata', 'creationTimestamp');
  const last = lastTime(event);
  return at && last && at > last ? last : at;
}

function lastTime(event: WatchedObject): Date | undefined {
  return (
    timeAt(event, 'series', 'lastObservedTime') ??
    timeAt(event, 'lastTimestamp') ??
    timeAt(event, 'deprecatedLastTimestamp') ??
    timeAt(event, 'eventTime') ??
    timeAt(event, 'metadata', 'creationTimestamp')
  );
}

/** Occurrences that are about an object; of another object of the same name only if no uid is known. */
export function occurrencesAbout(
  occurrences: readonly Occurrence[],
  object: { kind: string; name: string; uid?: string },
): Occurrence[] {
  return occurrences.filter(
    ({ kind, name, uid }) =>
      kind === object.kind &&
      name === object.name &&
      (!uid || !object.uid || uid === object.uid),
  );
}
