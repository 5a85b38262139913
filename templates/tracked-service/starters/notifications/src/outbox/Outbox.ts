import { asc, count, inArray, min, sql } from 'drizzle-orm';
import type { OutgoingMessage } from '../bus/EventBus.js';
import { outbox } from '../storage/schema.js';
import type { Queries, ServiceDatabase } from '../storage/ServiceDatabase.js';

export const outboxChannel = 'outbox';

export interface OutboxMessage extends OutgoingMessage {
  readonly id: number;
}

/** Messages that are published if and only if the transaction that added them commits. */
export class Outbox {
  readonly #database: ServiceDatabase;

  constructor(database: ServiceDatabase) {
    this.#database = database;
  }

  /** Adds messages in the transaction of the caller, which holds the lock of the user's stream: it fixes their order. */
  async add(
    queries: Queries,
    messages: readonly OutgoingMessage[],
  ): Promise<void> {
    await queries.insert(outbox).values([...messages]);
    // Sent at commit.
    await queries.execute(sql`SELECT pg_notify(${outboxChannel}, '')`);
  }

  /** The oldest messages. */
  async read(limit: number): Promise<OutboxMessage[]> {
    return this.#database.queries
      .select({
        id: outbox.id,
        topic: outbox.topic,
        key: outbox.key,
        value: outbox.value,
        headers: outbox.headers,
      })
      .from(outbox)
      .orderBy(asc(outbox.id))
      .limit(limit);
  }

  async delete(ids: readonly number[]): Promise<void> {
    await this.#database.queries
      .delete(outbox)
      .where(inArray(outbox.id, [...ids]));
  }

  /** How long the first message has waited; undefined if none waits. */
  async oldestSeconds(): Promise<number | undefined> {
    const [row] = await this.#database.queries
      .select({
        seconds: sql<number>`extract(epoch FROM now() - ${outbox.createdAt})::float8`,
      })
      .from(outbox)
      .orderBy(asc(outbox.id))
      .limit(1);
    return row?.seconds;
  }

  async backlog(): Promise<{ waiting: number; oldestSeconds: number | null }> {
    const [row] = await this.#database.queries
      .select({
        waiting: count(),
        oldestSeconds: sql<
          number | null
        >`extract(epoch FROM now() - ${min(outbox.createdAt)})::float8`,
      })
      .from(outbox);
    return row ?? { waiting: 0, oldestSeconds: null };
  }
}
