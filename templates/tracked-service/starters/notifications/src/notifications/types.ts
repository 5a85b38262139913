import { Type, type Static } from 'typebox';
import { KindSchema } from '../events/types.js';
import { multilineText, text } from '../text.js';

export const NewNotificationSchema = Type.Object(
  {
    to: Type.String({ minLength: 1, maxLength: 254 }),
    kind: KindSchema,
    title: text(1, 120),
    body: Type.Optional(multilineText(2_000)),
  },
  { additionalProperties: false },
);
export type NewNotification = Static<typeof NewNotificationSchema>;

const moment = Type.String({ format: 'date-time' });

export const AcceptedSchema = Type.Object({
  id: Type.String({ format: 'uuid' }),
  kind: KindSchema,
  title: Type.String(),
  body: Type.String(),
  from: Type.String(),
  createdAt: moment,
  status: Type.Literal('accepted'),
});
export type Accepted = Static<typeof AcceptedSchema>;

export const NotificationSchema = Type.Object({
  id: Type.String({ format: 'uuid' }),
  eventId: Type.Integer(),
  kind: KindSchema,
  title: Type.String(),
  body: Type.String(),
  from: Type.String(),
  createdAt: moment,
  deliveredAt: moment,
  readAt: Type.Union([moment, Type.Null()]),
});
export type Notification = Static<typeof NotificationSchema>;

export const NotificationListSchema = Type.Object({
  items: Type.Array(NotificationSchema),
  unread: Type.Integer(),
  lastEventId: Type.Integer(),
  nextBefore: Type.Optional(Type.Integer()),
});
export type NotificationList = Static<typeof NotificationListSchema>;
