import type { FleetResource } from '@cloudtrace/plugin-cloudtrace-common';
import type { CollectContext } from '../region/CollectContext';

/** Kinds of history that are read from a time on. */
export type HistoryPart = 'activities' | 'alarms' | 'events';

/** Entries appear with delay, so the last minutes are read again. */
const OVERLAP_MS = 10 * 60_000;
/** After a start nobody knows which parts failed before; this much is read again. */
const AFTER_START_MS = 24 * 3_600_000;

/**
 * Time from which a part of a resource's history is read; `undefined` means all of it.
 *
 * @remarks
 * A report counts as stored although a part of it failed, so what is stored says
 * nothing about that part. The last success does.
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

/** The earliest start of several resources; `undefined` if one needs all. */
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

/** Notes that a part was read up to now. */
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
