import { createHash } from 'node:crypto';
import { and, eq } from 'drizzle-orm';
import { v7 as uuid } from 'uuid';
import type { User } from '../accounts/types.js';
import { Refusal } from '../errors/Refusal.js';
import type { EventStore } from '../events/EventStore.js';
import { eventTypes, type NotificationContent } from '../events/types.js';
import { messageOf } from '../outbox/messageOf.js';
import type { Outbox } from '../outbox/Outbox.js';
import { idempotencyKeys, notifications } from '../storage/schema.js';
import type { Queries, ServiceDatabase } from '../storage/ServiceDatabase.js';
import type { Accepted, NewNotification } from './types.js';

export interface AcceptRequest {
  readonly sender: User;
  readonly recipient: User;
  readonly key: string;
  readonly notification: NewNotification;
}

export interface AcceptResult {
  readonly accepted: Accepted;
  /** Whether an earlier request with this key was accepted already. */
  readonly replayed: boolean;
}

/**
 * Stores a notification and what announces it in one transaction: its event, and a message in the outbox. A second request
 * with the same key waits for the first one here, and adds nothing.
 */
export async function acceptNotification(
  dependencies: {
    database: ServiceDatabase;
    store: EventStore;
    outbox: Outbox;
  },
  request: AcceptRequest,
): Promise<AcceptResult> {
  const { database, store, outbox } = dependencies;
  const { sender, recipient, notification } = request;
  // Outside the transaction, because a repetition after a lost connection must find itself.
  const id = uuid();
  const { kind, title, body = '' } = notification;
  const data: NotificationContent = { kind, title, body, from: sender.name };
  return database.transaction(async queries => {
    const knownId = await claimKey(queries, request, id);
    if (knownId !== id) return findAccepted(queries, knownId);
    const last = await store.lock(queries, [recipient.id]);
    const [event] = await store.append(queries, last, [
      {
        userId: recipient.id,
        type: eventTypes.created,
        notificationId: id,
        data,
      },
    ]);
    if (!event) throw new Error('nothing was appended');
    await outbox.add(queries, [messageOf(event)]);
    const createdAt = event.at.toISOString();
    return {
      accepted: { id, ...data, createdAt, status: 'accepted' },
      replayed: false,
    };
  });
}

/**
 * @returns the notification that this key belongs to
 * @throws Refusal 422 if the key was used for another content
 */
async function claimKey(
  queries: Queries,
  request: AcceptRequest,
  notificationId: string,
): Promise<string> {
  const requestHash = hashOf(request.notification);
  const ofSender = {
    senderId: request.sender.id,
    key: request.key,
  };
  const inserted = await queries
    .insert(idempotencyKeys)
    .values({ ...ofSender, requestHash, notificationId })
    .onConflictDoNothing()
    .returning({ key: idempotencyKeys.key });
  if (inserted.length > 0) return notificationId;
  const [known] = await queries
    .select()
    .from(idempotencyKeys)
    .where(
      and(
        eq(idempotencyKeys.senderId, ofSender.senderId),
        eq(idempotencyKeys.key, ofSender.key),
      ),
    );
  if (!known?.requestHash.equals(requestHash)) {
    throw new Refusal(
      422,
      'Key already used',
      'This Idempotency-Key belongs to a notification with another content',
    );
  }
  return known.notificationId;
}

async function findAccepted(
  queries: Queries,
  id: string,
): Promise<AcceptResult> {
  const [row] = await queries
    .select()
    .from(notifications)
    .where(eq(notifications.id, id));
  if (!row) throw new Error(`Notification ${id} is missing`);
  const { kind, title, body, from } = row;
  const createdAt = row.createdAt.toISOString();
  return {
    accepted: { id, kind, title, body, from, createdAt, status: 'accepted' },
    replayed: true,
  };
}

function hashOf({ to, kind, title, body = '' }: NewNotification): Buffer {
  return createHash('sha256')
    .update(JSON.stringify([to, kind, title, body]))
    .digest();
}
