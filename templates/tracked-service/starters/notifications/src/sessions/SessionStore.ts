import { and, eq, gt, inArray, lt, sql } from 'drizzle-orm';
import { v7 as uuid } from 'uuid';
import type { User } from '../accounts/types.js';
import { sessions, users } from '../storage/schema.js';
import type { ServiceDatabase } from '../storage/ServiceDatabase.js';
import { hashToken, newToken } from './sessionToken.js';

export interface Session {
  readonly id: string;
  readonly user: User;
}

const lifetimeDays = 30;

/** Sessions in the database: any instance knows them, and deleting one signs it out at once. */
export class SessionStore {
  readonly #database: ServiceDatabase;

  constructor(database: ServiceDatabase) {
    this.#database = database;
  }

  /** @returns the token, which is stored nowhere else. */
  async create(userId: string): Promise<string> {
    // Before the statement: a repetition must store the token that the caller gets.
    const [id, token] = [uuid(), newToken()];
    await this.#database.queries
      .insert(sessions)
      .values({
        id,
        userId,
        tokenHash: hashToken(token),
        expiresAt: sql`now() + make_interval(days => ${lifetimeDays})`,
      })
      .onConflictDoNothing();
    return token;
  }

  async find(token: string): Promise<Session | undefined> {
    const [row] = await this.#database.queries
      .select({
        id: sessions.id,
        user: {
          id: users.id,
          email: users.email,
          name: users.name,
          role: users.role,
        },
      })
      .from(sessions)
      .innerJoin(users, eq(users.id, sessions.userId))
      .where(
        and(
          eq(sessions.tokenHash, hashToken(token)),
          gt(sessions.expiresAt, sql`now()`),
          users.active,
        ),
      );
    return row;
  }

  async delete(sessionId: string): Promise<void> {
    await this.#database.queries
      .delete(sessions)
      .where(eq(sessions.id, sessionId));
  }

  /** Those of the given sessions that are still signed in. */
  async stillSignedIn(ids: readonly string[]): Promise<Set<string>> {
    if (ids.length === 0) return new Set();
    const rows = await this.#database.queries
      .select({ id: sessions.id })
      .from(sessions)
      .where(
        and(inArray(sessions.id, [...ids]), gt(sessions.expiresAt, sql`now()`)),
      );
    return new Set(rows.map(row => row.id));
  }

  async deleteExpired(): Promise<void> {
    await this.#database.queries
      .delete(sessions)
      .where(lt(sessions.expiresAt, sql`now()`));
  }
}
