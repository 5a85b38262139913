import { useQueryClient } from '@tanstack/react-query';
import { useSignal } from '@backstage/plugin-signals-react';
import { useEffect, useRef } from 'react';

const MIN_GAP_MS = 2_000;

/** Nobody publishes here; listened to until the real channel is known. */
const NO_CHANNEL = 'cloudtrace:none';

/**
 * Refreshes what is on screen when the backend pings the entity's channel. A
 * ping says that something changed, not what. Pings only make a
 * refresh come sooner: without signals in the app, polling alone keeps the
 * views fresh.
 */
export function useChangePings(
  entityRef: string,
  channel: string | undefined,
  live: boolean,
): void {
  const client = useQueryClient();
  const { lastSignal } = useSignal(channel ?? NO_CHANNEL);
  const lastRefresh = useRef(0);

  useEffect(() => {
    if (!lastSignal || !live || document.hidden) {
      return undefined;
    }
    const refresh = () => {
      lastRefresh.current = Date.now();
      client.invalidateQueries({
        queryKey: ['cloudtrace', entityRef],
        refetchType: 'active',
      });
    };
    const waitMs = lastRefresh.current + MIN_GAP_MS - Date.now();
    if (waitMs <= 0) {
      refresh();
      return undefined;
    }
    const timer = setTimeout(refresh, waitMs);
    return () => clearTimeout(timer);
  }, [lastSignal, live, client, entityRef]);
}
