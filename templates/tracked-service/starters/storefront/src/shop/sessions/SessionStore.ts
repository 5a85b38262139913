import {
  and,
  desc,
  eq,
  gt,
  inArray,
  isNotNull,
  lt,
  ne,
  sql,
} from 'drizzle-orm';
import { v7 as uuid } from 'uuid';
import type { User } from '../accounts/types.js';
import { sessions, users } from '../database/schema.js';
import type { Queries, ShopDatabase } from '../database/ShopDatabase.js';
import { hashToken, newToken } from './sessionToken.js';

/** The session of a request; without a user, a guest's. */
export interface Session {
  readonly id: string;
  readonly user: User | undefined;
}

/** Where a session is used. */
export interface Client {
  readonly ipAddress: string;
  readonly userAgent: string;
}

const lifetimeDays = { guest: 7, user: 30 };
/** A session that was seen more recently is not written again. */
const seenAgainSeconds = 20;
const longestUserAgent = 300;

/** Sessions in the database: any instance knows them, and deleting one signs it out at once. */
export class SessionStore {
  readonly #database: ShopDatabase;

  constructor(database: ShopDatabase) {
    this.#database = database;
  }

  /**
   * Starts a session.
   *
   * @returns the token, which is stored nowhere else.
   */
  async create(
    client: Client,
    options: {
      userId?: string;
      /** Work of the same transaction; it may be repeated. */
      alongside?: (queries: Queries) => Promise<void>;
    } = {},
  ): Promise<string> {
    const { userId, alongside } = options;
    const days = userId ? lifetimeDays.user : lifetimeDays.guest;
    // Outside the transaction: a repetition must store the token that the caller gets.
    const [id, token] = [uuid(), newToken()];
    await this.#database.transaction(async queries => {
      await queries
        .insert(sessions)
        .values({
          id,
          tokenHash: hashToken(token),
          ...(userId && { userId }),
          ipAddress: client.ipAddress,
          userAgent: client.userAgent.slice(0, longestUserAgent),
          expiresAt: sql`now() + make_interval(days => ${days})`,
        })
        .onConflictDoNothing();
      await alongside?.(queries);
    });
    return token;
  }

  /** Finds the session and notes that it was seen. */
  async find(token: string): Promise<Session | undefined> {
    const { queries } = this.#database;
    const [row] = await queries
      .select({
        id: sessions.id,
        user: {
          id: users.id,
          email: users.email,
          name: users.name,
          role: users.role,
        },
        seenSecondsAgo: sql<number>`extract(epoch FROM now() - ${sessions.lastSeenAt})::float8`,
      })
      .from(sessions)
      .leftJoin(users, eq(users.id, sessions.userId))
      .where(
        and(
          eq(sessions.tokenHash, hashToken(token)),
          gt(sessions.expiresAt, sql`now()`),
        ),
      );
    if (!row) return undefined;
    if (row.seenSecondsAgo > seenAgainSeconds) await this.#touch([row.id]);
    return { id: row.id, user: row.user ?? undefined };
  }

  async list(userId: string) {
    return this.#database.queries
      .select({
        id: sessions.id,
        createdAt: sessions.createdAt,
        lastSeenAt: sessions.lastSeenAt,
        ipAddress: sessions.ipAddress,
        userAgent: sessions.userAgent,
      })
      .from(sessions)
      .where(
        and(eq(sessions.userId, userId), gt(sessions.expiresAt, sql`now()`)),
      )
      .orderBy(desc(sessions.lastSeenAt));
  }

  /** @returns whether this user had such a session. */
  async end(userId: string, sessionId: string): Promise<boolean> {
    const rows = await this.#database.queries
      .delete(sessions)
      .where(and(eq(sessions.id, sessionId), eq(sessions.userId, userId)))
      .returning({ id: sessions.id });
    return rows.length > 0;
  }

  /** Ends every session of the user, but for the one given. */
  async endAll(userId: string, exceptId?: string): Promise<void> {
    await this.#database.queries
      .delete(sessions)
      .where(
        and(
          eq(sessions.userId, userId),
          exceptId ? ne(sessions.id, exceptId) : undefined,
        ),
      );
  }

  async delete(
    sessionId: string,
    queries: Queries = this.#database.queries,
  ): Promise<void> {
    await queries.delete(sessions).where(eq(sessions.id, sessionId));
  }

  /**
   * Notes that these sessions were seen: their users have a dashboard open, and send no requests.
   *
   * @returns those that are still signed in.
   */
  async seeSignedIn(ids: readonly string[]): Promise<Set<string>> {
    if (ids.length === 0) return new Set();
    const rows = await this.#database.queries
      .select({ id: sessions.id })
      .from(sessions)
      .where(
        and(
          inArray(sessions.id, [...ids]),
          isNotNull(sessions.userId),
          gt(sessions.expiresAt, sql`now()`),
        ),
      );
    const signedIn = rows.map(row => row.id);
    await this.#touch(signedIn);
    return new Set(signedIn);
  }

  async deleteExpired(): Promise<void> {
    await this.#database.queries
      .delete(sessions)
      .where(lt(sessions.expiresAt, sql`now()`));
  }

  async #touch(ids: readonly string[]): Promise<void> {
    await this.#database.queries
      .update(sessions)
      .set({ lastSeenAt: sql`now()` })
      .where(
        and(
          inArray(sessions.id, [...ids]),
          lt(
            sessions.lastSeenAt,
            sql`now() - make_interval(secs => ${seenAgainSeconds})`,
          ),
        ),
      );
  }
}
