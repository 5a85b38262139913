// The service's own types, so that client and service cannot disagree; they leave no trace in the bundle.
export type { User } from '../../../src/accounts/types.js';
export type { Kind } from '../../../src/events/types.js';
export type { ClosingReason, LiveEvent } from '../../../src/live/types.js';
export type {
  Accepted,
  Notification,
  NotificationList,
} from '../../../src/notifications/types.js';

export interface About {
  readonly instanceId: string;
  readonly zone: string;
  readonly adapters: {
    readonly eventBus: string;
    readonly jobQueue: string;
    readonly cache: string;
    readonly fanOut: string;
  };
}

/** Null is unknown: the part that knows it does not respond. */
export interface Figures {
  readonly outbox: {
    readonly waiting: number;
    readonly oldestSeconds: number | null;
  } | null;
  readonly consumerLag: number | null;
  readonly deadLetters: { readonly open: number } | null;
  readonly cache: {
    readonly hits: number;
    readonly misses: number;
    readonly errors: number;
  };
  readonly sockets: {
    readonly socketIo: number;
    readonly serverSentEvents: number;
  };
  readonly jobs: {
    readonly waiting: number;
    readonly active: number;
    readonly delayed: number;
    readonly failed: number;
  } | null;
}

export interface DeadLetter {
  readonly id: string;
  readonly topic: string;
  readonly partition: number;
  readonly offset: number;
  readonly key: string;
  readonly value: string;
  readonly reason: string;
  readonly attempts: number;
  readonly failedAt: string;
  readonly replayedAt: string | null;
}

export interface DailyReport {
  readonly day: string;
  readonly accepted: number;
  readonly delivered: number;
  readonly read: number;
}
