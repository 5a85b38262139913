import { setTimeout as sleep } from 'node:timers/promises';
import {
  Consumer,
  type Message,
  type MessagesStream,
} from '@platformatic/kafka';
import type { FastifyBaseLogger } from 'fastify';
import { Backoff } from '../Backoff.js';
import type {
  ReceivedMessage,
  Subscription,
  SubscriptionOptions,
} from '../EventBus.js';
import { guardUnknownBroker } from './guardUnknownBroker.js';
import type { KafkaConnection } from './kafkaConnection.js';

interface Options extends SubscriptionOptions {
  readonly connection: KafkaConnection;
  readonly logger: FastifyBaseLogger;
}
type Stream = MessagesStream<Buffer, Buffer, Buffer, Buffer>;

/** Reads one topic as a member of a consumer group, and joins again after any failure. */
export class KafkaSubscription implements Subscription {
  readonly #options: Options;
  readonly #backoff = new Backoff({ firstMs: 250, longestMs: 10_000 });
  readonly #running: Promise<void>;
  readonly #closing = new AbortController();
  #stream: Stream | undefined;

  constructor(options: Options) {
    this.#options = options;
    this.#running = this.#run();
  }

  async close(): Promise<void> {
    this.#closing.abort();
    this.#stream?.destroy();
    await this.#running;
  }

  async #run(): Promise<void> {
    const { logger, topic } = this.#options;
    while (!this.#isClosing()) {
      try {
        await this.#consume();
      } catch (error) {
        if (this.#isClosing()) return;
        const pauseMs = this.#backoff.failMs();
        logger.warn(
          { err: error, topic, pauseMs },
          'reading a topic failed; it is retried',
        );
        await this.#pause(pauseMs);
      }
    }
  }

  #isClosing(): boolean {
    return this.#closing.signal.aborted;
  }

  async #consume(): Promise<void> {
    const { connection, group, topic, maxBatch } = this.#options;
    const consumer = guardUnknownBroker(
      new Consumer({
        ...connection,
        groupId: group,
        autocommit: false,
        sessionTimeout: 10_000,
        heartbeatInterval: 2_000,
        rebalanceTimeout: 15_000,
      }),
    );
    try {
      const stream = await consumer.consume({
        topics: [topic],
        mode: 'committed',
        fallbackMode: 'earliest',
        maxWaitTime: 500,
        highWaterMark: maxBatch * 2,
      });
      this.#stream = stream;
      for await (const batch of batches(stream, maxBatch)) {
        await this.#options.handle(batch.map(toReceived));
        await consumer.commit({ offsets: positionsAfter(batch) });
        this.#backoff.succeed();
        if (this.#isClosing()) return;
      }
    } finally {
      this.#stream = undefined;
      await close(consumer);
    }
  }

  async #pause(durationMs: number): Promise<void> {
    const { signal } = this.#closing;
    await sleep(durationMs, undefined, { signal }).catch(() => undefined);
  }
}

/** The consumer may be broken already; its place in the group then ends by itself. */
function close(consumer: Consumer): Promise<void> {
  return new Promise(resolve => {
    consumer.close(true, () => resolve());
  });
}

/** Waits for one message and adds what has arrived already. */
async function* batches(
  stream: Stream,
  maximum: number,
): AsyncGenerator<Message[]> {
  for await (const first of stream) {
    const batch = [first];
    while (batch.length < maximum) {
      const next = stream.read() as Message | null;
      if (!next) break;
      batch.push(next);
    }
    yield batch;
  }
}

function positionsAfter(batch: readonly Message[]) {
  const positions = new Map(
    batch.map(({ topic, partition, offset }) => [
      partition,
      { topic, partition, offset: offset + 1n, leaderEpoch: -1 },
    ]),
  );
  return [...positions.values()];
}

/** Whatever wrote the message: its key and its headers may be missing. */
function toReceived(message: Message): ReceivedMessage {
  const { topic, partition, offset, timestamp } = message;
  const key = message.key as Buffer | undefined;
  const value = message.value as Buffer | undefined;
  return {
    topic,
    partition,
    offset: Number(offset),
    publishedAt: new Date(Number(timestamp)),
    key: key?.toString() ?? '',
    value: value ?? Buffer.alloc(0),
    headers: Object.fromEntries(
      [...message.headers].map(([name, text]) => [String(name), String(text)]),
    ),
  };
}
