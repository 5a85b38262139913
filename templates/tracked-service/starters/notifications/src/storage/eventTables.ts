import { sql } from 'drizzle-orm';
import {
  date,
  index,
  integer,
  jsonb,
  pgTable,
  primaryKey,
  text,
  uniqueIndex,
  uuid,
} from 'drizzle-orm/pg-core';
import type { EventData, EventType, Kind } from '../events/types.js';
import { users } from './accountTables.js';
import { bytes, counter, moment } from './columns.js';

/** One stream of events for each user; the row is the lock under which they are numbered. */
export const eventStreams = pgTable('event_streams', {
  userId: uuid('user_id')
    .primaryKey()
    .references(() => users.id, { onDelete: 'cascade' }),
  lastEventId: counter('last_event_id').notNull().default(0),
});

/** What happened to notifications: never changed, only added to. Everything else can be rebuilt from it. */
export const events = pgTable(
  'events',
  {
    userId: uuid('user_id')
      .notNull()
      .references(() => eventStreams.userId, { onDelete: 'cascade' }),
    eventId: counter('event_id').notNull(),
    type: text('type').$type<EventType>().notNull(),
    version: integer('version').notNull(),
    notificationId: uuid('notification_id').notNull(),
    data: jsonb('data').$type<EventData>().notNull(),
    at: moment('at').notNull().defaultNow(),
  },
  table => [
    primaryKey({ columns: [table.userId, table.eventId] }),
    // Whatever happens to messages and workers, the database refuses a second delivery.
    uniqueIndex('events_delivered_once')
      .on(table.notificationId)
      .where(sql`${table.type} = 'notification.delivered'`),
    index('events_time').on(table.at),
  ],
);

/** Projection of the events: the present state of each notification. */
export const notifications = pgTable(
  'notifications',
  {
    id: uuid('id').primaryKey(),
    userId: uuid('user_id')
      .notNull()
      .references(() => users.id, { onDelete: 'cascade' }),
    /** The event that delivered it; its place in the user's list. */
    eventId: counter('event_id'),
    kind: text('kind').$type<Kind>().notNull(),
    title: text('title').notNull(),
    body: text('body').notNull(),
    from: text('from').notNull(),
    createdAt: moment('created_at').notNull(),
    deliveredAt: moment('delivered_at'),
    readAt: moment('read_at'),
  },
  table => [
    index('notifications_newest').on(table.userId, table.eventId),
    index('notifications_unread')
      .on(table.userId, table.eventId)
      .where(sql`${table.readAt} IS NULL AND ${table.eventId} IS NOT NULL`),
  ],
);

/** Requests that were accepted, so that a repetition adds nothing. */
export const idempotencyKeys = pgTable(
  'idempotency_keys',
  {
    senderId: uuid('sender_id')
      .notNull()
      .references(() => users.id, { onDelete: 'cascade' }),
    key: text('key').notNull(),
    requestHash: bytes('request_hash').notNull(),
    notificationId: uuid('notification_id').notNull(),
    createdAt: moment('created_at').notNull().defaultNow(),
  },
  table => [
    primaryKey({ columns: [table.senderId, table.key] }),
    index('idempotency_keys_time').on(table.createdAt),
  ],
);

/** What the scheduled report counted. */
export const dailyReports = pgTable('daily_reports', {
  day: date('day').primaryKey(),
  accepted: integer('accepted').notNull(),
  delivered: integer('delivered').notNull(),
  read: integer('read').notNull(),
  updatedAt: moment('updated_at').notNull().defaultNow(),
});
