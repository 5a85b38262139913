import { useQueryClient } from '@tanstack/react-query';
import { useCallback, useSyncExternalStore } from 'react';

/**
 * When the data on screen was last read, in milliseconds; `0` before the first
 * answer. The oldest of the active queries counts: "as of" must be true for all
 * that is shown.
 */
export function useFreshness(entityRef: string): number {
  const cache = useQueryClient().getQueryCache();
  const subscribe = useCallback(
    (notify: () => void) => cache.subscribe(notify),
    [cache],
  );
  const read = useCallback(() => {
    const times = cache
      .findAll({ queryKey: ['cloudtrace', entityRef], type: 'active' })
      .filter(query => query.meta?.slow !== true)
      .map(query => query.state.dataUpdatedAt)
      .filter(time => time > 0);
    return times.length ? Math.min(...times) : 0;
  }, [cache, entityRef]);
  return useSyncExternalStore(subscribe, read, read);
}
