import type { LiveEvent } from '../api/types';

/** Why a connection ended. */
export type EndReason =
  | 'lost'
  | 'draining'
  | 'too slow'
  | 'signed out'
  /** The service refused the place to continue from, as after its database was restored. */
  | 'unknown position';

export interface ConnectionHandlers {
  /** The connection is open; the instance is null if the transport cannot say which one answers. */
  readonly onOpen: (instanceId: string | null) => void;
  readonly onEvents: (events: readonly LiveEvent[]) => void;
  /** Called once; nothing follows. */
  readonly onEnd: (reason: EndReason) => void;
}

/**
 * Opens one connection that continues after an event; whoever calls it reconnects.
 *
 * @returns closes it; no handler is called afterwards
 */
export type OpenConnection = (
  lastEventId: number,
  handlers: ConnectionHandlers,
) => () => void;

export const transports = ['socket.io', 'sse'] as const;
export type Transport = (typeof transports)[number];
