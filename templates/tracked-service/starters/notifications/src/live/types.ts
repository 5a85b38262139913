import type { Notification } from '../notifications/types.js';

/** What clients receive, over sockets and streams alike. */
export type LiveEvent =
  | {
      readonly eventId: number;
      readonly type: 'notification';
      readonly notification: Notification;
    }
  | {
      readonly eventId: number;
      readonly type: 'read';
      readonly id: string;
      readonly readAt: string;
    };

export type ClosingReason = 'draining' | 'signed out' | 'too slow';

/** An open socket or stream. */
export interface LiveConnection {
  readonly transport: 'socket.io' | 'sse';
  /**
   * Sends events and resolves when the client can take more.
   *
   * @throws Error if it does not within a few seconds
   */
  send(events: readonly LiveEvent[]): Promise<void>;
  close(reason: ClosingReason): void;
}

/** Who is connected, and what they have seen. */
export interface LiveSubscription {
  readonly userId: string;
  readonly sessionId: string;
  readonly lastEventId: number;
  readonly connection: LiveConnection;
}
