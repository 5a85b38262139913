import type { TimeZoneMode } from '../lib/format';
import {
  DEFAULT_RANGE,
  formatRange,
  isPast,
  parseRange,
  type TimeRange,
} from '../lib/timeRange';

/** What the frame keeps in the URL, shared by all views of the tab. */
export interface TabState {
  /** Absent means the entity's default environment. */
  environment?: string;
  range: TimeRange;
  /** The range before a zoom, one click away. */
  back?: TimeRange;
  live: boolean;
  timeZone: TimeZoneMode;
}

/** Names of the frame's parameters; views must not use them. */
export const FRAME_PARAMS = ['env', 'range', 'back', 'live', 'tz'] as const;

/** Reads the frame's state; unknown values count as absent. */
export function readTabState(
  params: URLSearchParams,
  nowMs = Date.now(),
): TabState {
  const range = parseRange(params.get('range')) ?? DEFAULT_RANGE;
  return {
    environment: params.get('env') || undefined,
    range,
    back: parseRange(params.get('back')),
    // A zoom to what happens right now ends a little ahead and goes on until then.
    live: params.get('live') !== 'off' && !isPast(range, nowMs),
    timeZone: params.get('tz') === 'utc' ? 'utc' : 'local',
  };
}

/** Returns `params` with parts of the frame's state replaced. */
export function withTabState(
  params: URLSearchParams,
  change: Partial<TabState>,
): URLSearchParams {
  const next = new URLSearchParams(params);
  const put = (name: string, value: string | undefined) =>
    value === undefined ? next.delete(name) : next.set(name, value);
  if ('environment' in change) {
    put('env', change.environment);
  }
  if (change.range) {
    put('range', formatRange(change.range));
  }
  if ('back' in change) {
    put('back', change.back && formatRange(change.back));
  }
  if (change.live !== undefined) {
    put('live', change.live ? undefined : 'off');
  }
  if (change.timeZone) {
    put('tz', change.timeZone === 'utc' ? 'utc' : undefined);
  }
  return next;
}

/** Only the frame's parameters: what a link to another view takes along. */
export function frameParams(params: URLSearchParams): URLSearchParams {
  const next = new URLSearchParams();
  for (const name of FRAME_PARAMS) {
    const value = params.get(name);
    if (value !== null) {
      next.set(name, value);
    }
  }
  return next;
}
