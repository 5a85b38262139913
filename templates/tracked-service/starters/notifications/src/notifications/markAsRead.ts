import { and, asc, eq, isNotNull, isNull, lte } from 'drizzle-orm';
import { notFound } from '../errors/Refusal.js';
import type { EventStore } from '../events/EventStore.js';
import { eventTypes } from '../events/types.js';
import { messageOf } from '../outbox/messageOf.js';
import type { Outbox } from '../outbox/Outbox.js';
import { notifications } from '../storage/schema.js';
import type { Queries, ServiceDatabase } from '../storage/ServiceDatabase.js';

interface Dependencies {
  readonly database: ServiceDatabase;
  readonly store: EventStore;
  readonly outbox: Outbox;
}

const markedAtOnce = 1_000;

/**
 * Marks one notification as read; marking it again changes nothing.
 *
 * @throws Refusal 404 unless it was delivered to this user
 */
export async function markAsRead(
  dependencies: Dependencies,
  userId: string,
  id: string,
): Promise<void> {
  await dependencies.database.transaction(async queries => {
    const last = await dependencies.store.lock(queries, [userId]);
    const [row] = await queries
      .select({ readAt: notifications.readAt })
      .from(notifications)
      .where(
        and(
          eq(notifications.id, id),
          eq(notifications.userId, userId),
          isNotNull(notifications.eventId),
        ),
      );
    if (!row) throw notFound('notification');
    if (!row.readAt) await append(dependencies, queries, last, userId, [id]);
  });
}

/** Marks everything that was delivered up to this event. @returns how many were unread. */
export async function markAllAsRead(
  dependencies: Dependencies,
  userId: string,
  upTo: number,
): Promise<number> {
  return dependencies.database.transaction(async queries => {
    const last = await dependencies.store.lock(queries, [userId]);
    const rows = await queries
      .select({ id: notifications.id })
      .from(notifications)
      .where(
        and(
          eq(notifications.userId, userId),
          lte(notifications.eventId, upTo),
          isNull(notifications.readAt),
        ),
      )
      .orderBy(asc(notifications.eventId))
      .limit(markedAtOnce);
    const ids = rows.map(row => row.id);
    await append(dependencies, queries, last, userId, ids);
    return ids.length;
  });
}

async function append(
  { store, outbox }: Dependencies,
  queries: Queries,
  last: Map<string, number>,
  userId: string,
  ids: readonly string[],
): Promise<void> {
  if (ids.length === 0) return;
  const added = await store.append(
    queries,
    last,
    ids.map(notificationId => ({
      userId,
      type: eventTypes.read,
      notificationId,
      data: {},
    })),
  );
  await outbox.add(queries, added.map(messageOf));
}
