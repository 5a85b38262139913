import { setTimeout as sleep } from 'node:timers/promises';
import type { FastifyBaseLogger } from 'fastify';
import { Backoff } from '../bus/Backoff.js';
import type { EventBus, ReceivedMessage } from '../bus/EventBus.js';
import { deliveryGroup } from '../bus/topics.js';
import type { Cache } from '../cache/Cache.js';
import { isFaultOfContent } from '../database/errors.js';
import {
  toDeadLetterMessage,
  type Failure,
} from '../deadLetters/deadLetterMessage.js';
import type { EventStore } from '../events/EventStore.js';
import type { FanOut } from '../fanOut/FanOut.js';
import { causeOf, type ServiceDatabase } from '../storage/ServiceDatabase.js';
import { startConsumerSpans } from './consumerSpans.js';
import { deliverEvents } from './deliverEvents.js';
import { readEvent, type ConsumedEvent } from './readEvent.js';

const attemptsPerMessage = 4;

interface Readable {
  readonly message: ReceivedMessage;
  readonly event: ConsumedEvent;
}

export interface DeliveryConsumerOptions {
  readonly database: ServiceDatabase;
  readonly store: EventStore;
  readonly bus: EventBus;
  readonly cache: Cache;
  readonly fanOut: FanOut;
  readonly logger: FastifyBaseLogger;
}

/**
 * Processes the events of the topic. A batch is one transaction; only if it fails, its messages are processed one by one.
 * A message whose content is at fault goes to the dead letters with its reason, and the partition continues. While the
 * database or the broker is away, slow, locked or full, nothing is a dead letter: the batch arrives again.
 */
export class DeliveryConsumer {
  readonly #options: DeliveryConsumerOptions;

  constructor(options: DeliveryConsumerOptions) {
    this.#options = options;
  }

  async handle(messages: readonly ReceivedMessage[]): Promise<void> {
    const endSpans = startConsumerSpans(messages, {
      system: this.#options.bus.kind,
      group: deliveryGroup,
    });
    try {
      const failures = await this.#process(messages);
      endSpans(
        new Map(
          failures.map(({ message, reason }) => [
            message,
            { type: 'dead_letter', reason },
          ]),
        ),
      );
    } catch (error) {
      const retried = { type: 'retried', reason: reasonOf(error) } as const;
      endSpans(new Map(messages.map(message => [message, retried])));
      throw error;
    }
  }

  async #process(messages: readonly ReceivedMessage[]): Promise<Failure[]> {
    const { readable, failures } = readAll(messages);
    failures.push(...(await this.#deliver(readable)));
    await this.#options.bus.publish(failures.map(toDeadLetterMessage));
    for (const { reason, message } of failures) {
      const { topic, partition, offset } = message;
      this.#options.logger.warn(
        { topic, partition, offset, reason },
        'a message became a dead letter',
      );
    }
    // Also for messages that were processed before: the process may have died between commit and call.
    await this.#announce([
      ...new Set(readable.map(({ event }) => event.userId)),
    ]);
    return failures;
  }

  async #deliver(readable: readonly Readable[]): Promise<Failure[]> {
    try {
      await deliverEvents(
        this.#options,
        readable.map(({ event }) => event),
      );
      return [];
    } catch (error) {
      if (!isFaultOfContent(causeOf(error))) throw error;
    }
    const failures: Failure[] = [];
    for (const item of readable) {
      const failure = await this.#deliverOne(item);
      if (failure) failures.push(failure);
    }
    return failures;
  }

  async #deliverOne({
    event,
    message,
  }: Readable): Promise<Failure | undefined> {
    const backoff = new Backoff({ firstMs: 20, longestMs: 1_000 });
    for (let attempts = 1; ; attempts += 1) {
      try {
        await deliverEvents(this.#options, [event]);
        return undefined;
      } catch (error) {
        if (!isFaultOfContent(causeOf(error))) throw error;
        if (attempts === attemptsPerMessage) {
          return { message, reason: reasonOf(error), attempts };
        }
        await sleep(backoff.failMs());
      }
    }
  }

  /** Clients find the events anyway, with the next check of their instance. */
  async #announce(userIds: readonly string[]): Promise<void> {
    const { cache, fanOut, logger } = this.#options;
    if (userIds.length === 0) return;
    await cache.invalidate(userIds);
    await fanOut.publish(userIds).catch((error: unknown) => {
      logger.warn(
        { err: error },
        'the fan-out does not respond; instances find the events by themselves',
      );
    });
  }
}

function readAll(messages: readonly ReceivedMessage[]) {
  const readable: Readable[] = [];
  const failures: Failure[] = [];
  for (const message of messages) {
    try {
      readable.push({ message, event: readEvent(message) });
    } catch (error) {
      failures.push({ message, reason: reasonOf(error), attempts: 1 });
    }
  }
  return { readable, failures };
}

function reasonOf(error: unknown): string {
  const cause = causeOf(error);
  return cause instanceof Error ? cause.message : String(cause);
}
