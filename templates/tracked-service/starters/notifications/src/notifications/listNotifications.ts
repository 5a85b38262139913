import { and, desc, eq, isNotNull, isNull, lt } from 'drizzle-orm';
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
  const delivered = and(
    eq(notifications.userId, userId),
    isNotNull(notifications.eventId),
  );
  // First: an event that is appended meanwhile is then in the list, in the stream, or in both, but never in neither.
  // Both figures in one statement, so that clients can count on from them with the events after lastEventId.
  const [stream] = await queries
    .select({
      lastEventId: eventStreams.lastEventId,
      unread: queries.$count(
        notifications,
        and(delivered, isNull(notifications.readAt)),
      ),
    })
    .from(eventStreams)
    .where(eq(eventStreams.userId, userId));
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
  const items = rows.slice(0, limit).map(toNotification);
  const last = items.at(-1);
  return {
    items,
    unread: stream?.unread ?? 0,
    lastEventId: stream?.lastEventId ?? 0,
    ...(rows.length > limit && last && { nextBefore: last.eventId }),
  };
}
