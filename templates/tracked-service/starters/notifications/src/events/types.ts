import { Type, type Static } from 'typebox';
import { multilineText, text } from '../text.js';

export const KindSchema = Type.Enum(['info', 'success', 'warning', 'error']);
export type Kind = Static<typeof KindSchema>;

export const eventTypes = {
  created: 'notification.created',
  delivered: 'notification.delivered',
  read: 'notification.read',
} as const;
export type EventType = (typeof eventTypes)[keyof typeof eventTypes];

/** The version of the events that this build writes, and the newest that it understands. */
export const eventVersion = 1;

export const NotificationContentSchema = Type.Object({
  kind: KindSchema,
  title: text(1, 120),
  body: multilineText(2_000),
  from: Type.String(),
});
export type NotificationContent = Static<typeof NotificationContentSchema>;

/** `notification.created` carries the content; the others need nothing. */
export type EventData = NotificationContent | Record<string, never>;

/** An event before it has its place in the user's stream. */
export interface NewEvent {
  readonly userId: string;
  readonly type: EventType;
  readonly notificationId: string;
  readonly data: EventData;
}

export interface StoredEvent extends NewEvent {
  /** Its place in the user's stream. */
  readonly eventId: number;
  readonly version: number;
  readonly at: Date;
}
