import { eq, inArray } from 'drizzle-orm';
import type { EventStore } from '../events/EventStore.js';
import { sendingKey } from '../notifications/routes.js';
import { accountKeyOf } from '../sessions/SignIn.js';
import {
  attempts,
  busMessages,
  deadLetters,
  outbox,
  users,
} from '../storage/schema.js';
import type { ServiceDatabase } from '../storage/ServiceDatabase.js';
import { normalizeEmail } from './AccountStore.js';

/**
 * Deletes an account, and everything that was sent to it: notifications, events, and messages of the outbox, the embedded
 * event bus and the dead letters. Its sessions end.
 *
 * @returns the id of the user, if the account existed
 */
export async function eraseUser(
  { database, store }: { database: ServiceDatabase; store: EventStore },
  email: string,
): Promise<string | undefined> {
  return database.transaction(async queries => {
    const [user] = await queries
      .select({ id: users.id })
      .from(users)
      .where(eq(users.email, normalizeEmail(email)));
    if (!user) return undefined;
    // Whoever adds an event meanwhile waits, and then finds no user.
    await store.lock(queries, [user.id]);
    // The key of every message is its user.
    await queries.delete(outbox).where(eq(outbox.key, user.id));
    await queries.delete(busMessages).where(eq(busMessages.key, user.id));
    await queries.delete(deadLetters).where(eq(deadLetters.key, user.id));
    await queries
      .delete(attempts)
      .where(inArray(attempts.key, [accountKeyOf(email), sendingKey(user.id)]));
    // Everything else belongs to the user, and is deleted with it.
    await queries.delete(users).where(eq(users.id, user.id));
    return user.id;
  });
}
