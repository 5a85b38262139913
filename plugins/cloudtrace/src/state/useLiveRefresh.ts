import { useApiHolder } from '@backstage/frontend-plugin-api';
import { signalApiRef } from '@backstage/plugin-signals-react';
import { useQueryClient } from '@tanstack/react-query';
import {
  LIVE_DATA_KINDS,
  type LiveDataKind,
} from '@cloudtrace/plugin-cloudtrace-common';
import { useEffect, useMemo } from 'react';
import { LiveRefresher } from './LiveRefresher';

/** The kinds that a signal names; without names, it may mean any. */
function kindsOf(message: unknown): readonly LiveDataKind[] {
  const { changed } = (message ?? {}) as { changed?: unknown };
  return Array.isArray(changed)
    ? LIVE_DATA_KINDS.filter(kind => changed.includes(kind))
    : LIVE_DATA_KINDS;
}

/**
 * Refreshes the queries of a page while it is live. Signals on the channel
 * trigger earlier refreshes; in an app without signals, the page only polls.
 */
export function useLiveRefresh(options: {
  channel?: string;
  live: boolean;
}): void {
  const { channel, live } = options;
  const client = useQueryClient();
  const signals = useApiHolder().get(signalApiRef);
  const refresher = useMemo(() => new LiveRefresher(client), [client]);
  const withPings = Boolean(signals && channel);

  useEffect(
    () => (live ? refresher.start({ withPings }) : undefined),
    [refresher, live, withPings],
  );
  useEffect(() => {
    if (!signals || !channel) return undefined;
    // The hook of the signals plugin is not used, because it keeps only the
    // last of several messages.
    return signals.subscribe(channel, message =>
      refresher.ping(kindsOf(message)),
    ).unsubscribe;
  }, [refresher, signals, channel]);
}
