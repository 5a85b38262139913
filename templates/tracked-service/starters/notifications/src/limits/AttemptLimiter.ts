import { eq, lt, sql } from 'drizzle-orm';
import { attempts } from '../storage/schema.js';
import type { ServiceDatabase } from '../storage/ServiceDatabase.js';
import { Refusal } from '../errors/Refusal.js';

export interface AttemptLimit {
  readonly key: string;
  readonly maximum: number;
  readonly windowSeconds: number;
}

/** Limits attempts in the database, so that all instances count together and a restart forgets nothing. */
export class AttemptLimiter {
  readonly #database: ServiceDatabase;

  constructor(database: ServiceDatabase) {
    this.#database = database;
  }

  /**
   * Counts one attempt before it is made, so that parallel attempts cannot all pass.
   *
   * @throws Refusal 429 with `Retry-After` once the maximum of the window is exceeded.
   */
  async count(limit: AttemptLimit): Promise<void> {
    const ended = sql`${attempts.windowEndsAt} <= now()`;
    const windowEnd = sql`now() + make_interval(secs => ${limit.windowSeconds})`;
    const [row] = await this.#database.queries
      .insert(attempts)
      .values({ key: limit.key, count: 1, windowEndsAt: windowEnd })
      .onConflictDoUpdate({
        target: attempts.key,
        set: {
          count: sql`CASE WHEN ${ended} THEN 1 ELSE ${attempts.count} + 1 END`,
          windowEndsAt: sql`CASE WHEN ${ended} THEN ${windowEnd} ELSE ${attempts.windowEndsAt} END`,
        },
      })
      .returning({
        count: attempts.count,
        remainingSeconds: sql<number>`ceil(extract(epoch FROM ${attempts.windowEndsAt} - now()))::int`,
      });
    if (row && row.count > limit.maximum) throw tooMany(row.remainingSeconds);
  }

  /** Forgets the attempts of this key, after a success. */
  async forget(key: string): Promise<void> {
    await this.#database.queries.delete(attempts).where(eq(attempts.key, key));
  }

  /** Takes one attempt back, because it succeeded. */
  async takeBack(key: string): Promise<void> {
    await this.#database.queries
      .update(attempts)
      .set({ count: sql`greatest(${attempts.count} - 1, 0)` })
      .where(eq(attempts.key, key));
  }

  async deleteEnded(): Promise<void> {
    await this.#database.queries
      .delete(attempts)
      .where(lt(attempts.windowEndsAt, sql`now()`));
  }
}

function tooMany(remainingSeconds: number): Refusal {
  const seconds = Math.max(remainingSeconds, 1);
  return new Refusal(
    429,
    'Too many attempts',
    `Too many attempts. Try again in ${seconds} s`,
    { 'retry-after': String(seconds) },
  );
}
