import type {
  FleetPart,
  ResourceSummary,
} from '@cloudtrace/plugin-cloudtrace-common';

/** The age of a part of a resource that was not read for too long; undefined if it was. */
export function unreadPart(
  { parts = [] }: ResourceSummary,
  wanted: FleetPart,
): { ageMs: number } | undefined {
  const found = parts.find(({ part }) => part === wanted);
  return found?.stale
    ? { ageMs: Date.now() - Date.parse(found.readAt) }
    : undefined;
}
