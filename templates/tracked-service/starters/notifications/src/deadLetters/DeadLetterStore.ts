import { count, desc, eq, isNull, sql } from 'drizzle-orm';
import type { EventBus, ReceivedMessage } from '../bus/EventBus.js';
import { deadLetters } from '../storage/schema.js';
import type { ServiceDatabase } from '../storage/ServiceDatabase.js';
import { readDeadLetter } from './deadLetterMessage.js';

export type StoredDeadLetter = typeof deadLetters.$inferSelect;

/** The dead letters, copied from their topic into a table where they can be listed and replayed one by one. */
export class DeadLetterStore {
  readonly #database: ServiceDatabase;

  constructor(database: ServiceDatabase) {
    this.#database = database;
  }

  /** Copies messages of the dead-letter topic; one that is known already is skipped. */
  async add(messages: readonly ReceivedMessage[]): Promise<void> {
    await this.#database.queries
      .insert(deadLetters)
      .values(messages.map(readDeadLetter))
      .onConflictDoNothing({ target: deadLetters.id });
  }

  async list(limit: number): Promise<StoredDeadLetter[]> {
    return this.#database.queries
      .select()
      .from(deadLetters)
      .orderBy(desc(deadLetters.failedAt), desc(deadLetters.id))
      .limit(limit);
  }

  async countOpen(): Promise<number> {
    const [row] = await this.#database.queries
      .select({ count: count() })
      .from(deadLetters)
      .where(isNull(deadLetters.replayedAt));
    return row?.count ?? 0;
  }

  /** Ids of those that were not replayed yet, oldest first. */
  async listOpenIds(): Promise<string[]> {
    const rows = await this.#database.queries
      .select({ id: deadLetters.id })
      .from(deadLetters)
      .where(isNull(deadLetters.replayedAt))
      .orderBy(deadLetters.failedAt, deadLetters.id);
    return rows.map(row => row.id);
  }

  /**
   * Publishes a dead letter to its topic again. If this process dies before it is marked, it may be published twice, and
   * the consumer recognises it.
   *
   * @returns whether there is such a dead letter
   */
  async replay(id: string, bus: EventBus): Promise<boolean> {
    const { queries } = this.#database;
    const [letter] = await queries
      .select()
      .from(deadLetters)
      .where(eq(deadLetters.id, id));
    if (!letter) return false;
    const { topic, key, value, headers } = letter;
    await bus.publish([{ topic, key, value, headers }]);
    await queries
      .update(deadLetters)
      .set({ replayedAt: sql`now()` })
      .where(eq(deadLetters.id, id));
    return true;
  }
}
