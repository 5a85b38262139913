import { useCallback, useMemo } from 'react';
import { useSearchParams } from '../routing';
import { zoomRange, type TimeRange } from '../lib/timeRange';
import { readTabState, withTabState, type TabState } from './tabState';

/** The tab's state, with functions to change it. */
export interface TabStateControls extends TabState {
  change(change: Partial<TabState>): void;
  /** Selects a range manually; ends a zoom. */
  setRange(range: TimeRange): void;
  /** Zooms to the time between two instants and remembers the previous range. */
  zoomTo(aMs: number, bMs: number): void;
  /** Returns to the range before the zoom. */
  zoomBack(): void;
}

/** Stores the tab's state in the URL. */
export function useTabState(): TabStateControls {
  const [params, setParams] = useSearchParams();
  const state = useMemo(() => readTabState(params), [params]);

  const change = useCallback(
    (patch: Partial<TabState>) =>
      setParams(current => withTabState(current, patch)),
    [setParams],
  );
  const setRange = useCallback(
    (range: TimeRange) => change({ range, back: undefined }),
    [change],
  );
  const zoomTo = useCallback(
    (aMs: number, bMs: number) =>
      setParams(current => {
        const { range, back } = readTabState(current);
        // After zooming twice, the way back still leads to the first range.
        return withTabState(current, {
          range: zoomRange(aMs, bMs),
          back: back ?? range,
        });
      }),
    [setParams],
  );
  const zoomBack = useCallback(
    () =>
      setParams(current => {
        const { back } = readTabState(current);
        return back
          ? withTabState(current, { range: back, back: undefined })
          : current;
      }),
    [setParams],
  );

  return useMemo(
    () => ({ ...state, change, setRange, zoomTo, zoomBack }),
    [state, change, setRange, zoomTo, zoomBack],
  );
}
