import type { FleetResource } from '@cloudtrace/plugin-cloudtrace-common';
import type { CollectContext } from '../region/CollectContext';

/** Kinds of history that are read from a start time. */
export type HistoryPart = 'activities' | 'alarms' | 'events';

/** Entries appear with a delay, so this reads the last minutes again. */
const OVERLAP_MS = 10 * 60_000;
/** After a restart the parts that failed before are unknown, so this much is read again. */
const AFTER_START_MS = 24 * 3_600_000;

/**
 * The time from which to read a part of a resource's history; `undefined` means
 * all of it.
 *
 * @remarks A report counts as stored even if a part of it failed, so the stored
 * data says nothing about that part. The part's last success does.
 */
export function historyStart(
  ctx: CollectContext,
  part: HistoryPart,
  resource: FleetResource,
): number | undefined {
  const { historyReadAtMs, historyMissing } = ctx.memory;
  const key = keyOf(part, resource.id);
  const since = ctx.since(resource)?.getTime();
  if (since === undefined || historyMissing.has(key)) {
    historyMissing.add(key);
    return undefined;
  }
  const readAtMs = historyReadAtMs.get(key);
  return readAtMs === undefined
    ? since - AFTER_START_MS
    : Math.min(since, readAtMs) - OVERLAP_MS;
}

/** The earliest start of several resources; `undefined` if one needs everything. */
export function earliestStart(
  ctx: CollectContext,
  part: HistoryPart,
  resources: FleetResource[],
): number | undefined {
  let earliest = Number.POSITIVE_INFINITY;
  for (const resource of resources) {
    const start = historyStart(ctx, part, resource);
    if (start === undefined) return undefined;
    earliest = Math.min(earliest, start);
  }
  return Number.isFinite(earliest) ? earliest : undefined;
}

/** Records that a part was read up to now. */
export function markHistoryRead(
  ctx: CollectContext,
  part: HistoryPart,
  resources: FleetResource[],
): void {
  for (const { id } of resources) {
    const key = keyOf(part, id);
    ctx.memory.historyReadAtMs.set(key, ctx.now.getTime());
    ctx.memory.historyMissing.delete(key);
  }
}

function keyOf(part: HistoryPart, resourceId: string): string {
  return `${part}\n${resourceId}`;
}
