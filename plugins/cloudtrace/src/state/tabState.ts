import { TAB_PARAMS } from '@cloudtrace/plugin-cloudtrace-common';
import type { TimeZoneMode } from '../lib/format';
import {
  DEFAULT_RANGE,
  formatRange,
  isPast,
  parseRange,
  type TimeRange,
} from '../lib/timeRange';

/** The state that the tab keeps in the URL, shared by all its views. */
export interface TabState {
  /** Absent means the entity's default environment. */
  environment?: string;
  range: TimeRange;
  /** The range in the URL, if it is invalid; `range` is the default then. */
  invalidRange?: string;
  /** The range before a zoom, to return to. */
  back?: TimeRange;
  live: boolean;
  timeZone: TimeZoneMode;
}

/** Names of the parameters that all views share; a view must not use them for itself. */
export const SHARED_PARAMS = [
  TAB_PARAMS.environment,
  TAB_PARAMS.range,
  TAB_PARAMS.back,
  TAB_PARAMS.live,
  TAB_PARAMS.timeZone,
] as const;

/** Reads the tab's state; unknown values count as absent, and an invalid range is reported. */
export function readTabState(
  params: URLSearchParams,
  nowMs = Date.now(),
): TabState {
  const text = params.get(TAB_PARAMS.range);
  const parsed = parseRange(text);
  const range = parsed ?? DEFAULT_RANGE;
  return {
    environment: params.get(TAB_PARAMS.environment) || undefined,
    range,
    invalidRange: (!parsed && text) || undefined,
    back: parseRange(params.get(TAB_PARAMS.back)),
    // A zoom to the present ends slightly in the future and stays live until
    // then.
    live: params.get(TAB_PARAMS.live) !== 'off' && !isPast(range, nowMs),
    timeZone: params.get(TAB_PARAMS.timeZone) === 'utc' ? 'utc' : 'local',
  };
}

/** Returns `params` with parts of the tab's state replaced. */
export function withTabState(
  params: URLSearchParams,
  change: Partial<TabState>,
): URLSearchParams {
  const next = new URLSearchParams(params);
  const put = (name: string, value: string | undefined) =>
    value === undefined ? next.delete(name) : next.set(name, value);
  if ('environment' in change) {
    put(TAB_PARAMS.environment, change.environment);
  }
  if (change.range) {
    put(TAB_PARAMS.range, formatRange(change.range));
  }
  if ('back' in change) {
    put(TAB_PARAMS.back, change.back && formatRange(change.back));
  }
  if (change.live !== undefined) {
    put(TAB_PARAMS.live, change.live ? undefined : 'off');
  }
  if (change.timeZone) {
    put(TAB_PARAMS.timeZone, change.timeZone === 'utc' ? 'utc' : undefined);
  }
  return next;
}

/** Only the parameters that all views share, which a link to another view keeps. */
export function sharedParams(params: URLSearchParams): URLSearchParams {
  const next = new URLSearchParams();
  for (const name of SHARED_PARAMS) {
    const value = params.get(name);
    if (value !== null) {
      next.set(name, value);
    }
  }
  return next;
}
