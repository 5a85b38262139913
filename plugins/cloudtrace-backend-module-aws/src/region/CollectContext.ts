import type { FleetResource } from '@cloudtrace/plugin-cloudtrace-common';
import type { AwsListCall } from '../calls/AwsCall';
import type { AwsRegionApi } from '../client/AwsRegion';
import type { AwsConfig } from '../config/types';
import type { RegionMemory, Remembered } from './RegionMemory';
import type { ReportSet } from './ReportSet';
import { truncatedProblem } from './truncatedProblem';

/** All that the parts of one account and region's cycle share. */
export interface CollectContext {
  api: AwsRegionApi;
  config: AwsConfig;
  memory: RegionMemory;
  reports: ReportSet;
  resources: FleetResource[];
  now: Date;
  /** Time up to which history of a resource is stored. */
  since(resource: FleetResource): Date | undefined;
  /** Whether an event named the resource, so that nothing remembered counts. */
  isHinted(id: string): boolean;
}

/** Whether something remembered still counts. */
export function isFresh(
  ctx: CollectContext,
  remembered: Remembered<unknown> | undefined,
  maxAgeMs: number = ctx.config.limits.settingsIntervalMs,
): boolean {
  return isFreshSince(ctx.now, remembered, maxAgeMs);
}

/** When something remembered was read. */
export function readAt(
  remembered: Remembered<unknown> | undefined,
): string | undefined {
  return remembered && new Date(remembered.readAtMs).toISOString();
}

/** Whether something remembered is younger than an age. */
export function isFreshSince(
  now: Date,
  remembered: Remembered<unknown> | undefined,
  maxAgeMs: number,
): boolean {
  return (
    remembered !== undefined && now.getTime() - remembered.readAtMs < maxAgeMs
  );
}

/** Reads a list for resources; says so if it was cut. Throws `AwsCallError`. */
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
