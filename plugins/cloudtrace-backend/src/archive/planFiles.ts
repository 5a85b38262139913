import { MINUTE_MS } from '@cloudtrace/plugin-cloudtrace-common';
import {
  dayEnd,
  dayStart,
  type EntityCount,
} from '../requests/database/countDay';
import type { PlannedFile } from './types';

/** Requests per file: what a search has to fetch from the storage at least. */
export const FILE_REQUESTS = 500_000;

/** The folder of a day, in the form that other tools read as a partition. */
export function dayPrefix(day: string): string {
  return `day=${day}/`;
}

/**
 * Divides a day into files. Small entities share one; an entity with more
 * requests than fit has several, one after the other in time. A minute is
 * never divided, so a file may become larger.
 */
export async function planFiles(
  day: { day: string; generation: number },
  counts: readonly EntityCount[],
  readMinutes: (
    entityId: number,
  ) => Promise<ReadonlyArray<{ minute: number; requests: number }>>,
  maxRequests = FILE_REQUESTS,
): Promise<PlannedFile[]> {
  const from = dayStart(day.day);
  const to = dayEnd(day.day);
  const parts: Array<Omit<PlannedFile, 'number' | 'path'>> = [];
  let shared = { entityIds: [] as number[], requests: 0 };
  const closeShared = () => {
    if (shared.requests > 0) parts.push({ ...shared, from, to });
    shared = { entityIds: [], requests: 0 };
  };
  for (const { entityId, requests } of counts) {
    if (requests > maxRequests) {
      const slices = sliceMinutes(await readMinutes(entityId), maxRequests);
      slices.forEach((slice, i) =>
        parts.push({
          entityIds: [entityId],
          from: i === 0 ? from : minuteAt(from, slice.minute),
          to: i + 1 < slices.length ? minuteAt(from, slices[i + 1].minute) : to,
          requests: slice.requests,
        }),
      );
      continue;
    }
    if (shared.requests + requests > maxRequests) closeShared();
    shared.entityIds.push(entityId);
    shared.requests += requests;
  }
  closeShared();
  return parts.map((part, i) => ({
    ...part,
    number: i + 1,
    path: `${dayPrefix(day.day)}requests-${day.generation}-${String(
      i + 1,
    ).padStart(4, '0')}.parquet`,
  }));
}

/** Consecutive minutes, as many together as fit; with the first minute of each slice. */
function sliceMinutes(
  minutes: ReadonlyArray<{ minute: number; requests: number }>,
  maxRequests: number,
): Array<{ minute: number; requests: number }> {
  const slices: Array<{ minute: number; requests: number }> = [];
  for (const { minute, requests } of minutes) {
    const last = slices.at(-1);
    if (last && last.requests + requests <= maxRequests) {
      last.requests += requests;
    } else {
      slices.push({ minute, requests });
    }
  }
  return slices;
}

function minuteAt(from: Date, minute: number): Date {
  return new Date(from.getTime() + minute * MINUTE_MS);
}
