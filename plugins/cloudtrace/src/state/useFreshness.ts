import { useQueryClient } from '@tanstack/react-query';
import { useCallback, useSyncExternalStore } from 'react';
import { liveMetaOf } from './liveMeta';

/** Data older than this is late, unless its refresh interval is longer. */
const LATE_MS = 15_000;
const LATE_FACTOR = 1.25;

/** The age of the data on screen. */
export interface Freshness {
  /** When the oldest of it was read, in ms; `0` before the first response. */
  readAtMs: number;
  /** When it counts as late, in ms: some of it should have been refreshed by then. */
  lateAtMs: number;
}

/**
 * Returns the age of the data on screen. The oldest active query counts,
 * because "as of" must be true for everything shown.
 */
export function useFreshness(): Freshness {
  const cache = useQueryClient().getQueryCache();
  const subscribe = useCallback(
    (notify: () => void) => cache.subscribe(notify),
    [cache],
  );
  const oldest = useCallback(
    (late: boolean) => {
      const times = cache.findAll({ type: 'active' }).flatMap(query => {
        const live = liveMetaOf(query);
        const { dataUpdatedAt } = query.state;
        if (!live || live.background || dataUpdatedAt === 0) return [];
        const allowedMs = Math.max(LATE_MS, live.maxGapMs * LATE_FACTOR);
        return [late ? dataUpdatedAt + allowedMs : dataUpdatedAt];
      });
      return times.length ? Math.min(...times) : 0;
    },
    [cache],
  );
  const readAt = useCallback(() => oldest(false), [oldest]);
  const lateAt = useCallback(() => oldest(true), [oldest]);
  return {
    readAtMs: useSyncExternalStore(subscribe, readAt, readAt),
    lateAtMs: useSyncExternalStore(subscribe, lateAt, lateAt),
  };
}
