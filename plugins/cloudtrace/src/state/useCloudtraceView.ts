import { useMemo } from 'react';
import { resolveRange } from '../lib/timeRange';
import { useCloudtrace } from './CloudtraceContext';

/**
 * The viewer's selection in the CloudTrace tab, for views that other plugins
 * add with `CloudtraceViewBlueprint`.
 *
 * @public
 */
export interface CloudtraceViewContext {
  /** Full ref of the entity. */
  entityRef: string;
  environment: string;
  /** Start and end of the range, ISO 8601 in UTC, at the time of the call. */
  range(): { from: string; to: string };
  /** True while views should refresh automatically. */
  live: boolean;
  timeZone: 'local' | 'utc';
  /** Zooms all views to the time between two instants, in ms since the epoch. */
  zoomTo(aMs: number, bMs: number): void;
}

/**
 * Returns what a view should show. Throws outside the CloudTrace tab.
 *
 * @public
 */
export function useCloudtraceView(): CloudtraceViewContext {
  const { entityRef, environment, tab } = useCloudtrace();
  const { range, live, timeZone, zoomTo } = tab;
  return useMemo(
    () => ({
      entityRef,
      environment,
      live,
      timeZone,
      zoomTo,
      range: () => {
        const { fromMs, toMs } = resolveRange(range, Date.now());
        return {
          from: new Date(fromMs).toISOString(),
          to: new Date(toMs).toISOString(),
        };
      },
    }),
    [entityRef, environment, live, timeZone, zoomTo, range],
  );
}
