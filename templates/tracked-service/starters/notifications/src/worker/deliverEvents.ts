import { inArray } from 'drizzle-orm';
import type { EventStore } from '../events/EventStore.js';
import { eventTypes } from '../events/types.js';
import { notifications } from '../storage/schema.js';
import type { Queries, ServiceDatabase } from '../storage/ServiceDatabase.js';
import type { ConsumedEvent } from './readEvent.js';

/**
 * Delivers the notifications that were created: appends `notification.delivered` to their users' streams, in the order of
 * the messages. One that is delivered already is skipped, so a message may arrive any number of times; so is one for a user
 * who was erased.
 *
 * @throws Error if a notification does not exist
 */
export async function deliverEvents(
  { database, store }: { database: ServiceDatabase; store: EventStore },
  consumed: readonly ConsumedEvent[],
): Promise<void> {
  const created = consumed.filter(event => event.type === eventTypes.created);
  if (created.length === 0) return;
  await database.transaction(async queries => {
    const last = await store.lock(
      queries,
      created.map(event => event.userId),
    );
    // Users who were erased have no stream any more.
    const waiting = await findUndelivered(
      queries,
      created.filter(event => last.has(event.userId)),
    );
    await store.append(
      queries,
      last,
      waiting.map(({ userId, notificationId }) => ({
        userId,
        notificationId,
        type: eventTypes.delivered,
        data: {},
      })),
    );
  });
}

async function findUndelivered(
  queries: Queries,
  created: readonly ConsumedEvent[],
): Promise<ConsumedEvent[]> {
  const ids = [...new Set(created.map(event => event.notificationId))];
  const rows = await queries
    .select({
      id: notifications.id,
      userId: notifications.userId,
      eventId: notifications.eventId,
    })
    .from(notifications)
    .where(inArray(notifications.id, ids));
  const known = new Map(rows.map(row => [row.id, row]));
  const seen = new Set<string>();
  return created.filter(({ notificationId, userId }) => {
    const row = known.get(notificationId);
    if (row?.userId !== userId) {
      throw new Error(
        `There is no notification ${notificationId} for the user ${userId}`,
      );
    }
    const isFirst = !seen.has(notificationId);
    seen.add(notificationId);
    return isFirst && row.eventId === null;
  });
}
