export type ConnectionState =
  | { readonly phase: 'connecting'; readonly sinceMs: number }
  | { readonly phase: 'live'; readonly instanceId: string | null }
  | { readonly phase: 'interrupted'; readonly sinceMs: number }
  | { readonly phase: 'signed out' };

export type ConnectionEvent =
  | {
      readonly type: 'opened';
      readonly instanceId: string | null;
      readonly atMs: number;
    }
  | { readonly type: 'ended'; readonly atMs: number }
  | { readonly type: 'signed out'; readonly atMs: number };

export const startConnecting = (atMs: number): ConnectionState => ({
  phase: 'connecting',
  sinceMs: atMs,
});

export function reduceConnection(
  state: ConnectionState,
  event: ConnectionEvent,
): ConnectionState {
  switch (event.type) {
    case 'opened':
      return { phase: 'live', instanceId: event.instanceId };
    case 'signed out':
      return { phase: 'signed out' };
    case 'ended':
      // Failed attempts do not change since when nothing arrives.
      return state.phase === 'interrupted' || state.phase === 'connecting'
        ? { phase: 'interrupted', sinceMs: state.sinceMs }
        : { phase: 'interrupted', sinceMs: event.atMs };
  }
}

/** A change of the instance is over within this time; afterwards the page says that it is offline. */
export const offlineAfterMs = 8_000;

export interface ConnectionView {
  readonly label:
    'Connecting' | 'Live' | 'Reconnecting' | 'Offline' | 'Signed out';
  /** Since when nothing arrives. */
  readonly sinceMs?: number;
}

/** What the page says about the connection. */
export function describeConnection(
  state: ConnectionState,
  { nowMs, browserOnline }: { nowMs: number; browserOnline: boolean },
): ConnectionView {
  switch (state.phase) {
    case 'live':
      return { label: 'Live' };
    case 'signed out':
      return { label: 'Signed out' };
    case 'connecting':
    case 'interrupted': {
      const { sinceMs } = state;
      if (!browserOnline || nowMs - sinceMs >= offlineAfterMs) {
        return { label: 'Offline', sinceMs };
      }
      return {
        label: state.phase === 'connecting' ? 'Connecting' : 'Reconnecting',
        sinceMs,
      };
    }
  }
}
