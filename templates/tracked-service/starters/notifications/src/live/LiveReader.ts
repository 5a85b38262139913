import { and, asc, eq, gt, inArray } from 'drizzle-orm';
import { eventTypes } from '../events/types.js';
import { toNotification } from '../notifications/toNotification.js';
import { events, eventStreams, notifications } from '../storage/schema.js';
import type { ServiceDatabase } from '../storage/ServiceDatabase.js';
import type { LiveEvent } from './types.js';

const shownTypes = [eventTypes.delivered, eventTypes.read];
const eventsAtOnce = 100;

/** Reads what clients shall see. */
export class LiveReader {
  readonly #database: ServiceDatabase;

  constructor(database: ServiceDatabase) {
    this.#database = database;
  }

  /** The next events of a user, in order. */
  async readAfter(userId: string, lastEventId: number): Promise<LiveEvent[]> {
    const rows = await this.#database.queries
      .select({ event: events, notification: notifications })
      .from(events)
      .innerJoin(notifications, eq(notifications.id, events.notificationId))
      .where(
        and(
          eq(events.userId, userId),
          gt(events.eventId, lastEventId),
          inArray(events.type, shownTypes),
        ),
      )
      .orderBy(asc(events.eventId))
      .limit(eventsAtOnce);
    return rows.map(({ event, notification }) =>
      event.type === eventTypes.read
        ? {
            eventId: event.eventId,
            type: 'read',
            id: event.notificationId,
            readAt: event.at.toISOString(),
          }
        : {
            eventId: event.eventId,
            type: 'notification',
            notification: toNotification(notification),
          },
    );
  }

  /** Where the streams of these users end. */
  async lastEventIds(userIds: readonly string[]): Promise<Map<string, number>> {
    if (userIds.length === 0) return new Map();
    const rows = await this.#database.queries
      .select()
      .from(eventStreams)
      .where(inArray(eventStreams.userId, [...userIds]));
    return new Map(rows.map(row => [row.userId, row.lastEventId]));
  }
}
