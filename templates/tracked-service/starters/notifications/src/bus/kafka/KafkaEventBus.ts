import { Admin, Consumer, Producer } from '@platformatic/kafka';
import type { FastifyBaseLogger } from 'fastify';
import type {
  EventBus,
  OutgoingMessage,
  Subscription,
  SubscriptionOptions,
  Topic,
} from '../EventBus.js';
import { guardUnknownBroker } from './guardUnknownBroker.js';
import type { KafkaConnection } from './kafkaConnection.js';
import { KafkaSubscription } from './KafkaSubscription.js';

/** Apache Kafka. */
export class KafkaEventBus implements EventBus {
  readonly kind = 'kafka';
  readonly #connection: KafkaConnection;
  readonly #logger: FastifyBaseLogger;
  readonly #replicas: number;
  readonly #partitions = new Map<string, number>();
  #producer: Producer | undefined;
  #admin: Admin | undefined;
  #observer: Consumer | undefined;

  constructor(options: {
    connection: KafkaConnection;
    logger: FastifyBaseLogger;
    replicas: number;
    topics: readonly Topic[];
  }) {
    this.#connection = options.connection;
    this.#logger = options.logger;
    this.#replicas = options.replicas;
    for (const { name, partitions } of options.topics) {
      this.#partitions.set(name, partitions);
    }
  }

  async createTopics(topics: readonly Topic[]): Promise<void> {
    const admin = this.#administrator();
    const existing = new Set(await admin.listTopics());
    for (const { name, partitions } of topics) {
      if (existing.has(name)) continue;
      await admin
        .createTopics({ topics: [name], partitions, replicas: this.#replicas })
        .catch((error: unknown) => ignoreExisting(error));
    }
  }

  async publish(messages: readonly OutgoingMessage[]): Promise<void> {
    if (messages.length === 0) return;
    // The broker drops what a retry sends twice, and all replicas have the messages when this resolves.
    this.#producer ??= guardUnknownBroker(
      new Producer({ ...this.#connection, idempotent: true, acks: -1 }),
    );
    await this.#producer.send({
      messages: messages.map(({ topic, key, value, headers }) => ({
        topic,
        key: Buffer.from(key),
        value,
        headers: toBuffers(headers),
      })),
    });
  }

  subscribe(options: SubscriptionOptions): Subscription {
    return new KafkaSubscription({
      ...options,
      connection: this.#connection,
      logger: this.#logger,
    });
  }

  async lag({
    topic,
    group,
  }: {
    topic: string;
    group: string;
  }): Promise<number> {
    const count = this.#partitions.get(topic) ?? 1;
    const partitions = Array.from({ length: count }, (_, index) => index);
    const admin = this.#administrator();
    this.#observer ??= guardUnknownBroker(
      new Consumer({ ...this.#connection, groupId: `${group}-observer` }),
    );
    const [ends, [committed]] = await Promise.all([
      this.#observer.listOffsets({ topics: [topic] }),
      admin.listConsumerGroupOffsets({
        groups: [
          {
            groupId: group,
            topics: [{ name: topic, partitionIndexes: partitions }],
          },
        ],
      }),
    ]);
    const positions = new Map(
      committed?.topics
        .flatMap(found => found.partitions)
        .map(found => [found.partitionIndex, found.committedOffset]),
    );
    return (ends.get(topic) ?? []).reduce((sum, end, partition) => {
      const position = positions.get(partition) ?? 0n;
      return sum + Number(end - (position < 0n ? 0n : position));
    }, 0);
  }

  async check(): Promise<void> {
    await this.#administrator().metadata({ forceUpdate: true });
  }

  async close(): Promise<void> {
    for (const client of [this.#producer, this.#admin, this.#observer]) {
      await client?.close().catch((error: unknown) => {
        this.#logger.debug({ err: error }, 'could not close a Kafka client');
      });
    }
  }

  #administrator(): Admin {
    this.#admin ??= guardUnknownBroker(new Admin({ ...this.#connection }));
    return this.#admin;
  }
}

function toBuffers(headers: Readonly<Record<string, string>>) {
  return new Map(
    Object.entries(headers).map(([name, value]) => [
      Buffer.from(name),
      Buffer.from(value),
    ]),
  );
}

/** Another process was faster. */
function ignoreExisting(error: unknown): void {
  const text = JSON.stringify(error, Object.getOwnPropertyNames(error));
  if (!/TOPIC_ALREADY_EXISTS|already exists/i.test(text)) throw error;
}
