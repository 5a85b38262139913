import {
  index,
  integer,
  jsonb,
  pgTable,
  primaryKey,
  text,
  uuid,
} from 'drizzle-orm/pg-core';
import { bytes, counter, moment } from './columns.js';

type Headers = Record<string, string>;

/** Messages of committed transactions that are not published yet. */
export const outbox = pgTable('outbox', {
  id: counter('id').primaryKey().generatedAlwaysAsIdentity(),
  topic: text('topic').notNull(),
  key: text('key').notNull(),
  value: bytes('value').notNull(),
  headers: jsonb('headers').$type<Headers>().notNull(),
  createdAt: moment('created_at').notNull().defaultNow(),
});

/** Work that one process at a time does. */
export const leases = pgTable('leases', {
  name: text('name').primaryKey(),
  owner: text('owner').notNull(),
  expiresAt: moment('expires_at').notNull(),
});

/** The embedded event bus: the next offset of each partition; the row is the lock under which they are numbered. */
export const busPartitions = pgTable(
  'bus_partitions',
  {
    topic: text('topic').notNull(),
    partition: integer('partition').notNull(),
    nextOffset: counter('next_offset').notNull(),
  },
  table => [primaryKey({ columns: [table.topic, table.partition] })],
);

export const busMessages = pgTable(
  'bus_messages',
  {
    topic: text('topic').notNull(),
    partition: integer('partition').notNull(),
    offset: counter('offset').notNull(),
    key: text('key').notNull(),
    value: bytes('value').notNull(),
    headers: jsonb('headers').$type<Headers>().notNull(),
    createdAt: moment('created_at').notNull().defaultNow(),
  },
  table => [
    primaryKey({ columns: [table.topic, table.partition, table.offset] }),
    index('bus_messages_time').on(table.createdAt),
  ],
);

/** Members of the consumer groups of the embedded event bus. */
export const busMembers = pgTable(
  'bus_members',
  {
    group: text('group_name').notNull(),
    member: text('member').notNull(),
    seenAt: moment('seen_at').notNull(),
  },
  table => [primaryKey({ columns: [table.group, table.member] })],
);

/** What each consumer group has processed, and which member reads the partition now. */
export const busOffsets = pgTable(
  'bus_offsets',
  {
    group: text('group_name').notNull(),
    topic: text('topic').notNull(),
    partition: integer('partition').notNull(),
    nextOffset: counter('next_offset').notNull().default(0),
    owner: text('owner'),
    leasedUntil: moment('leased_until'),
  },
  table => [
    primaryKey({ columns: [table.group, table.topic, table.partition] }),
  ],
);

/** Messages that could not be processed, from the dead-letter topic. */
export const deadLetters = pgTable(
  'dead_letters',
  {
    /** That of the message, from its place, time and content. */
    id: uuid('id').primaryKey(),
    topic: text('topic').notNull(),
    partition: integer('partition').notNull(),
    offset: counter('offset').notNull(),
    key: text('key').notNull(),
    value: bytes('value').notNull(),
    headers: jsonb('headers').$type<Headers>().notNull(),
    reason: text('reason').notNull(),
    attempts: integer('attempts').notNull(),
    failedAt: moment('failed_at').notNull(),
    replayedAt: moment('replayed_at'),
  },
  table => [index('dead_letters_newest').on(table.failedAt)],
);
