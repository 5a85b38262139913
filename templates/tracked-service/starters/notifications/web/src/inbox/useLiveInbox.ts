import { useQueryClient } from '@tanstack/react-query';
import { useEffect, useRef, useState, type Dispatch } from 'react';
import { request } from '../api/request';
import type { User } from '../api/types';
import { startConnecting, type ConnectionState } from '../live/connectionState';
import { LiveConnection } from '../live/LiveConnection';
import { openSocket } from '../live/openSocket';
import { openStream } from '../live/openStream';
import type { Transport } from '../live/types';
import { countUnread, type InboxAction, type InboxState } from './inboxState';
import { useList } from './useList';
import { useTransport } from './useTransport';

export interface LiveInbox {
  readonly state: InboxState;
  readonly unread: number | undefined;
  readonly connection: ConnectionState;
  readonly transport: Transport;
  /** Why the list could not be loaded. */
  readonly error: Error | null;
  readonly chooseTransport: (transport: Transport) => void;
  /** Loads the first page again, or an older one. */
  readonly load: (before?: number) => void;
  readonly dispatch: Dispatch<InboxAction>;
}

const open = { 'socket.io': openSocket, sse: openStream };

/** Loads the inbox and keeps it up to date over the chosen transport. */
export function useLiveInbox(userId: string): LiveInbox {
  const { state, dispatch, error, load } = useList();
  const [transport, chooseTransport] = useTransport();
  const [connection, setConnection] = useState<ConnectionState>(() =>
    startConnecting(Date.now()),
  );
  const client = useQueryClient();
  const lastEventId = useRef(0);
  useEffect(() => {
    lastEventId.current = state.lastEventId;
  }, [state.lastEventId]);
  const ready = state.base !== undefined;

  useEffect(() => {
    if (!ready) return undefined;
    setConnection(startConnecting(Date.now()));
    const live = new LiveConnection({
      open: open[transport],
      lastEventId: () => lastEventId.current,
      onEvents: events => {
        // At once: a reconnection may come before the next rendering.
        lastEventId.current = events.at(-1)?.eventId ?? lastEventId.current;
        dispatch({ type: 'arrived', events });
      },
      onState: setConnection,
      onUnknownPosition: async () => {
        dispatch({ type: 'reset' });
        await load();
      },
      isSignedIn: () => isSignedIn(userId),
    });
    live.start();
    const retry = () => live.retryNow();
    addEventListener('online', retry);
    return () => {
      removeEventListener('online', retry);
      live.stop();
    };
  }, [ready, transport, userId, dispatch, load]);

  useEffect(() => {
    if (connection.phase !== 'signed out') return;
    // The pages ask for a new sign-in.
    void client.invalidateQueries({ queryKey: ['session'] });
  }, [connection.phase, client]);

  return {
    state,
    unread: countUnread(state),
    connection,
    transport,
    error,
    chooseTransport,
    load: before => void load(before),
    dispatch,
  };
}

/** Whether this user is still signed in; undefined if nobody answers. */
async function isSignedIn(userId: string): Promise<boolean | undefined> {
  try {
    const { user } = await request<{ user: User | null }>(
      'GET',
      '/api/session',
    );
    return user?.id === userId;
  } catch {
    return undefined;
  }
}
