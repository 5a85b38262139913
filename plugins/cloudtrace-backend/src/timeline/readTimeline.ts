import type {
  HiddenPart,
  TimelineEvent,
} from '@cloudtrace/plugin-cloudtrace-common';
import type { TimelineScope, TimelineSource } from './types';

/** Reads the events of all sources that the caller may see, newest first. */
export async function readTimeline(
  sources: readonly TimelineSource[],
  scope: TimelineScope,
  parts: ReadonlySet<HiddenPart>,
): Promise<TimelineEvent[]> {
  const found = await Promise.all(
    sources
      .filter(({ part }) => parts.has(part))
      .map(source => source.events(scope)),
  );
  return found.flat().sort(newestFirst);
}

/** Orders events by time, then by id. */
export function newestFirst(
  a: Pick<TimelineEvent, 'at' | 'id'>,
  b: Pick<TimelineEvent, 'at' | 'id'>,
): number {
  // ISO times sort correctly as strings; localeCompare would dominate the time
  // here.
  if (a.at !== b.at) return a.at < b.at ? 1 : -1;
  return a.id < b.id ? -1 : Number(a.id > b.id);
}
