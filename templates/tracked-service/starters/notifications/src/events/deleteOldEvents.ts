import { and, asc, eq, inArray, lt, sql } from 'drizzle-orm';
import { events, notifications } from '../storage/schema.js';
import type { Queries, ServiceDatabase } from '../storage/ServiceDatabase.js';
import type { EventStore } from './EventStore.js';
import { eventTypes } from './types.js';

const notificationsAtOnce = 1_000;

/**
 * Deletes notifications that were delivered before the retention, with all their events; so the projection can still be
 * rebuilt. One that was never delivered stays.
 */
export async function deleteOldEvents(options: {
  database: ServiceDatabase;
  store: EventStore;
  retentionDays: number;
}): Promise<void> {
  const { database } = options;
  for (;;) {
    const deleted = await database.transaction(queries =>
      deleteBatch(queries, options),
    );
    if (deleted < notificationsAtOnce) return;
  }
}

async function deleteBatch(
  queries: Queries,
  { store, retentionDays }: { store: EventStore; retentionDays: number },
): Promise<number> {
  const old = await queries
    .select({ userId: events.userId, id: events.notificationId })
    .from(events)
    .where(
      and(
        eq(events.type, eventTypes.delivered),
        lt(events.at, sql`now() - make_interval(days => ${retentionDays})`),
      ),
    )
    .orderBy(asc(events.at))
    .limit(notificationsAtOnce);
  if (old.length === 0) return 0;
  const userIds = [...new Set(old.map(({ userId }) => userId))];
  const ids = old.map(({ id }) => id);
  // As for every change of a stream: a rebuild must not bring them back.
  await store.lock(queries, userIds);
  await queries.delete(notifications).where(inArray(notifications.id, ids));
  await queries
    .delete(events)
    .where(
      and(inArray(events.userId, userIds), inArray(events.notificationId, ids)),
    );
  return old.length;
}
