import type { FleetResource } from '@cloudtrace/plugin-cloudtrace-common';
import type { AwsListCall } from '../calls/AwsCall';
import type { AwsRegionApi } from '../client/AwsRegion';
import type { AwsConfig } from '../config/types';
import type { RegionMemory, Remembered } from './RegionMemory';
import type { ReportSet } from './ReportSet';
import { truncatedProblem } from './truncatedProblem';

/** What all parts of one account and region's cycle share. */
export interface CollectContext {
  api: AwsRegionApi;
  config: AwsConfig;
  memory: RegionMemory;
  reports: ReportSet;
  resources: FleetResource[];
  now: Date;
  /** The time up to which a resource's history is stored. */
  since(resource: FleetResource): Date | undefined;
  /** Whether an event named the resource, which invalidates its cached data. */
  isHinted(id: string): boolean;
}

/** Whether cached data is still valid. */
export function isFresh(
  ctx: CollectContext,
  remembered: Remembered<unknown> | undefined,
  maxAgeMs: number = ctx.config.limits.settingsIntervalMs,
): boolean {
  return isFreshSince(ctx.now, remembered, maxAgeMs);
}

/** When the cached data was read. */
export function readAt(
  remembered: Remembered<unknown> | undefined,
): string | undefined {
  return remembered && new Date(remembered.readAtMs).toISOString();
}

/** Whether cached data is younger than an age. */
export function isFreshSince(
  now: Date,
  remembered: Remembered<unknown> | undefined,
  maxAgeMs: number,
): boolean {
  return (
    remembered !== undefined && now.getTime() - remembered.readAtMs < maxAgeMs
  );
}

/**
 * Reads a list for resources; reports a problem if the list was truncated.
 * Throws `AwsCallError`.
 */
export async function listFor<I extends object, O, T>(
  ctx: CollectContext,
  ids: Iterable<string>,
  call: AwsListCall<I, O, T>,
  input: I,
  maxPages?: number,
): Promise<T[]> {
  const { items, truncated } = await ctx.api.list(call, input, { maxPages });
  if (truncated) {
    ctx.reports.problem(ids, truncatedProblem(call.iamAction, ctx.api));
  }
  return items;
}
