import { and, count, desc, eq, isNotNull, isNull, lt } from 'drizzle-orm';
import { eventStreams, notifications } from '../storage/schema.js';
import type { ServiceDatabase } from '../storage/ServiceDatabase.js';
import { toNotification } from './toNotification.js';
import type { NotificationList } from './types.js';

/** The delivered notifications of a user, newest first. */
export async function listNotifications(
  { queries }: ServiceDatabase,
  page: { userId: string; limit: number; before?: number | undefined },
): Promise<NotificationList> {
  const { userId, limit, before } = page;
  // First: an event that is appended meanwhile is then in the list, in the stream, or in both, but never in neither.
  const [stream] = await queries
    .select({ lastEventId: eventStreams.lastEventId })
    .from(eventStreams)
    .where(eq(eventStreams.userId, userId));
  const delivered = and(
    eq(notifications.userId, userId),
    isNotNull(notifications.eventId),
  );
  const rows = await queries
    .select()
    .from(notifications)
    .where(
      and(
        delivered,
        before === undefined ? undefined : lt(notifications.eventId, before),
      ),
    )
    .orderBy(desc(notifications.eventId))
    .limit(limit + 1);
  const [unread] = await queries
    .select({ count: count() })
    .from(notifications)
    .where(and(delivered, isNull(notifications.readAt)));
  const items = rows.slice(0, limit).map(toNotification);
  const last = items.at(-1);
  return {
    items,
    unread: unread?.count ?? 0,
    lastEventId: stream?.lastEventId ?? 0,
    ...(rows.length > limit && last && { nextBefore: last.eventId }),
  };
}
