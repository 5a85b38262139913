import { sql } from 'drizzle-orm';
import { notifications } from '../storage/schema.js';
import type { Queries } from '../storage/ServiceDatabase.js';
import {
  eventTypes,
  type NotificationContent,
  type StoredEvent,
} from './types.js';

/**
 * Updates the table of notifications. Appending and rebuilding both use it, so that they cannot disagree.
 *
 * A notification is created before it is delivered and delivered before it is read, so the types may be applied one after
 * the other.
 */
export async function projectEvents(
  queries: Queries,
  added: readonly StoredEvent[],
): Promise<void> {
  const ofType = (type: string) => added.filter(event => event.type === type);
  await insertCreated(queries, ofType(eventTypes.created));
  await setDelivered(queries, ofType(eventTypes.delivered));
  await setRead(queries, ofType(eventTypes.read));
}

async function insertCreated(queries: Queries, created: StoredEvent[]) {
  if (created.length === 0) return;
  await queries.insert(notifications).values(
    created.map(({ notificationId, userId, data, at }) => ({
      ...(data as NotificationContent),
      id: notificationId,
      userId,
      createdAt: at,
    })),
  );
}

async function setDelivered(queries: Queries, delivered: StoredEvent[]) {
  if (delivered.length === 0) return;
  await queries.execute(sql`
    UPDATE notifications SET event_id = event.event_id, delivered_at = event.at
    FROM ${rowsOf(delivered)} WHERE notifications.id = event.notification_id`);
}

async function setRead(queries: Queries, read: StoredEvent[]) {
  if (read.length === 0) return;
  await queries.execute(sql`
    UPDATE notifications SET read_at = event.at
    FROM ${rowsOf(read)} WHERE notifications.id = event.notification_id`);
}

function rowsOf(list: readonly StoredEvent[]) {
  const column = (values: unknown[]) => sql.param(values);
  return sql`unnest(
    ${column(list.map(event => event.notificationId))}::uuid[],
    ${column(list.map(event => event.eventId))}::bigint[],
    ${column(list.map(event => event.at.toISOString()))}::timestamptz[]
  ) AS event (notification_id, event_id, at)`;
}
