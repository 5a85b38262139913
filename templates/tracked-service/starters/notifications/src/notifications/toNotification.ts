import type { notifications } from '../storage/schema.js';
import type { Notification } from './types.js';

/** A delivered notification, as clients see it. */
export function toNotification(
  row: typeof notifications.$inferSelect,
): Notification {
  const { id, eventId, kind, title, body, from } = row;
  if (eventId === null || row.deliveredAt === null) {
    throw new Error(`Notification ${id} is not delivered`);
  }
  return {
    id,
    eventId,
    kind,
    title,
    body,
    from,
    createdAt: row.createdAt.toISOString(),
    deliveredAt: row.deliveredAt.toISOString(),
    readAt: row.readAt?.toISOString() ?? null,
  };
}
