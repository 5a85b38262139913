import { useApiHolder } from '@backstage/frontend-plugin-api';
import { signalApiRef } from '@backstage/plugin-signals-react';
import { useQueryClient } from '@tanstack/react-query';
import {
  LIVE_DATA_KINDS,
  type LiveDataKind,
} from '@cloudtrace/plugin-cloudtrace-common';
import { useEffect, useMemo } from 'react';
import { LiveRefresher } from './LiveRefresher';

/** The kinds that a ping names; one that names none may mean any. */
function kindsOf(message: unknown): readonly LiveDataKind[] {
  const { changed } = (message ?? {}) as { changed?: unknown };
  return Array.isArray(changed)
    ? LIVE_DATA_KINDS.filter(kind => changed.includes(kind))
    : LIVE_DATA_KINDS;
}

/**
 * Keeps the queries of a page fresh while it is live. Pings on the channel make
 * a refresh come sooner; without signals in the app, polling alone does.
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
    // Not the hook of the signals plugin: it keeps the last of several messages.
    return signals.subscribe(channel, message =>
      refresher.ping(kindsOf(message)),
    ).unsubscribe;
  }, [refresher, signals, channel]);
}
