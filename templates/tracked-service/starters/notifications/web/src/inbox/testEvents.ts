import type { LiveEvent, NotificationList } from '../api/types';

const at = '2026-01-01T12:00:00.000Z';

/** The event that delivers the notification `n<eventId>`. */
export function delivered(
  eventId: number,
): LiveEvent & { type: 'notification' } {
  return {
    eventId,
    type: 'notification',
    notification: {
      id: `n${eventId}`,
      eventId,
      kind: 'info',
      title: `Title ${eventId}`,
      body: '',
      from: 'Grace',
      createdAt: at,
      deliveredAt: at,
      readAt: null,
    },
  };
}

export function read(eventId: number, id: string): LiveEvent {
  return { eventId, type: 'read', id, readAt: at };
}

/** The first page of the list after these events, as the service answers. */
export function listOf(
  history: readonly LiveEvent[],
  limit = 50,
): NotificationList {
  const readIds = new Set(
    history.flatMap(event => (event.type === 'read' ? [event.id] : [])),
  );
  const all = history
    .flatMap(event =>
      event.type === 'notification' ? [event.notification] : [],
    )
    .map(each => ({ ...each, readAt: readIds.has(each.id) ? at : null }))
    .reverse();
  const items = all.slice(0, limit);
  const last = items.at(-1);
  return {
    items,
    unread: all.filter(({ readAt }) => readAt === null).length,
    lastEventId: history.at(-1)?.eventId ?? 0,
    ...(last && all.length > limit && { nextBefore: last.eventId }),
  };
}
