import { asc, eq, gt } from 'drizzle-orm';
import { eventStreams, notifications } from '../storage/schema.js';
import type { ServiceDatabase } from '../storage/ServiceDatabase.js';
import type { EventStore } from './EventStore.js';
import { projectEvents } from './projectEvents.js';

const eventsAtOnce = 1_000;
const usersAtOnce = 200;

/**
 * Rebuilds the table of notifications from the events while the service runs: one user after the other, each in one
 * transaction. Readers see the old rows until it commits; only writes for this user wait.
 *
 * @returns how many users were rebuilt
 */
export async function rebuildProjection(options: {
  database: ServiceDatabase;
  store: EventStore;
}): Promise<number> {
  const { database } = options;
  let count = 0;
  let after = '00000000-0000-0000-0000-000000000000';
  for (;;) {
    const page = await database.queries
      .select({ userId: eventStreams.userId })
      .from(eventStreams)
      .where(gt(eventStreams.userId, after))
      .orderBy(asc(eventStreams.userId))
      .limit(usersAtOnce);
    for (const { userId } of page) await rebuildUser(userId, options);
    count += page.length;
    const last = page.at(-1);
    if (!last) return count;
    after = last.userId;
  }
}

async function rebuildUser(
  userId: string,
  options: { database: ServiceDatabase; store: EventStore },
): Promise<void> {
  const { database, store } = options;
  await database.transaction(async queries => {
    await store.lock(queries, [userId]);
    await queries.delete(notifications).where(eq(notifications.userId, userId));
    let after = 0;
    for (;;) {
      const page = await store.read(queries, {
        userId,
        after,
        limit: eventsAtOnce,
      });
      await projectEvents(queries, page);
      const last = page.at(-1);
      if (!last) return;
      after = last.eventId;
    }
  });
}
