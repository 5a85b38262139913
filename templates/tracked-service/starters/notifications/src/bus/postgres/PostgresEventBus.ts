import { createHash } from 'node:crypto';
import { sql } from 'drizzle-orm';
import type { FastifyBaseLogger } from 'fastify';
import { busMessages, busOffsets } from '../../storage/schema.js';
import type {
  Queries,
  ServiceDatabase,
} from '../../storage/ServiceDatabase.js';
import type {
  EventBus,
  OutgoingMessage,
  Subscription,
  SubscriptionOptions,
  Topic,
} from '../EventBus.js';
import type { NotificationChannel } from './NotificationChannel.js';
import { PostgresSubscription } from './PostgresSubscription.js';

export const busChannel = 'event_bus';

/** The embedded event bus: topics with partitions and consumer groups in tables. */
export class PostgresEventBus implements EventBus {
  readonly kind = 'postgresql';
  readonly #options: {
    readonly database: ServiceDatabase;
    readonly channel: NotificationChannel;
    readonly logger: FastifyBaseLogger;
  };
  readonly #partitions = new Map<string, number>();

  constructor(options: {
    database: ServiceDatabase;
    channel: NotificationChannel;
    logger: FastifyBaseLogger;
    topics: readonly Topic[];
  }) {
    this.#options = options;
    for (const { name, partitions } of options.topics) {
      this.#partitions.set(name, partitions);
    }
  }

  /** A topic is only its rows; nothing to create. */
  async createTopics(): Promise<void> {
    await Promise.resolve();
  }

  async publish(messages: readonly OutgoingMessage[]): Promise<void> {
    if (messages.length === 0) return;
    const placed = messages.map(message => ({
      message,
      partition: this.#partitionOf(message),
    }));
    await this.#options.database.transaction(async queries => {
      const next = await reserveOffsets(queries, placed);
      await queries.insert(busMessages).values(
        placed.map(({ message, partition }) => {
          const place = placeOf(message.topic, partition);
          const offset = next.get(place) ?? 0;
          next.set(place, offset + 1);
          return { ...message, partition, offset };
        }),
      );
      // Sent at commit, and once for equal payloads.
      for (const topic of new Set(messages.map(message => message.topic))) {
        await queries.execute(sql`SELECT pg_notify(${busChannel}, ${topic})`);
      }
    });
  }

  subscribe(options: SubscriptionOptions): Subscription {
    return new PostgresSubscription({
      ...options,
      ...this.#options,
      partitions: this.#countOf(options.topic),
    });
  }

  async lag({
    topic,
    group,
  }: {
    topic: string;
    group: string;
  }): Promise<number> {
    const { rows } = await this.#options.database.queries.execute<{
      lag: number;
    }>(sql`
      SELECT count(*)::int AS lag FROM ${busMessages} m
      LEFT JOIN ${busOffsets} o
        ON o.topic = m.topic AND o.partition = m.partition AND o.group_name = ${group}
      WHERE m.topic = ${topic} AND m."offset" >= coalesce(o.next_offset, 0)`);
    return rows[0]?.lag ?? 0;
  }

  async check(): Promise<void> {
    await this.#options.database.queries.execute(sql`SELECT 1`);
  }

  /** The database and the channel belong to the caller. */
  async close(): Promise<void> {
    await Promise.resolve();
  }

  #partitionOf({ topic, key }: OutgoingMessage): number {
    const hash = createHash('sha1').update(key).digest().readUInt32BE();
    return hash % this.#countOf(topic);
  }

  #countOf(topic: string): number {
    const partitions = this.#partitions.get(topic);
    if (!partitions) throw new Error(`There is no topic ${topic}`);
    return partitions;
  }
}

const placeOf = (topic: string, partition: number) => `${topic} ${partition}`;

/**
 * Reserves offsets in each partition, and locks it until the end of the transaction: whoever reads an offset has seen all
 * smaller ones. Always in the same order, so that two publishers never wait for each other.
 *
 * @returns the first offset of each partition
 */
async function reserveOffsets(
  queries: Queries,
  placed: readonly { message: OutgoingMessage; partition: number }[],
): Promise<Map<string, number>> {
  const counts = new Map<
    string,
    { topic: string; partition: number; count: number }
  >();
  for (const { message, partition } of placed) {
    const place = placeOf(message.topic, partition);
    const known = counts.get(place) ?? {
      topic: message.topic,
      partition,
      count: 0,
    };
    counts.set(place, { ...known, count: known.count + 1 });
  }
  const list = [...counts.values()];
  const { rows } = await queries.execute<{
    topic: string;
    partition: number;
    next: string;
  }>(sql`
    INSERT INTO bus_partitions (topic, partition, next_offset)
    SELECT * FROM unnest(
      ${sql.param(list.map(({ topic }) => topic))}::text[],
      ${sql.param(list.map(({ partition }) => partition))}::int[],
      ${sql.param(list.map(({ count }) => count))}::bigint[]
    ) AS added (topic, partition, count) ORDER BY 1, 2
    ON CONFLICT (topic, partition)
      DO UPDATE SET next_offset = bus_partitions.next_offset + excluded.next_offset
    RETURNING topic, partition, next_offset AS next`);
  return new Map(
    rows.map(({ topic, partition, next }) => {
      const place = placeOf(topic, partition);
      return [place, Number(next) - (counts.get(place)?.count ?? 0)];
    }),
  );
}
