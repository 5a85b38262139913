import type { FastifyBaseLogger } from 'fastify';
import { Backoff } from '../bus/Backoff.js';
import {
  deadLetterGroup,
  deadLetterTopic,
  deliveryGroup,
  eventsTopic,
  topics,
} from '../bus/topics.js';
import { observeFigures } from '../figures/observeFigures.js';
import { readFigures } from '../figures/readFigures.js';
import { retiredJobs, scheduledJobs } from '../jobs/scheduledJobs.js';
import { Lease } from '../outbox/Lease.js';
import { OutboxRelay } from '../outbox/OutboxRelay.js';
import type { Parts } from '../starter/createParts.js';
import type { StarterContext } from '../starter/types.js';
import { DeliveryConsumer } from './DeliveryConsumer.js';

const eventsAtOnce = 500;
const deadLettersAtOnce = 50;
/** How long the relay of another worker waits after this one died. */
const leaseMs = 5_000;

export interface Work {
  /** Finishes the current batches. */
  stop(): Promise<void>;
}

/** Publishes the outbox, processes events and dead letters, and runs the scheduled jobs. */
export async function startWork(
  options: Omit<StarterContext, 'database'> & { parts: Parts },
): Promise<Work> {
  const { config, instance, logger, parts } = options;
  const { database, store, outbox, deadLetters, adapters } = parts;
  const { channel, eventBus, jobQueue, cache, fanOut } = adapters;
  const member = `${instance.id} ${process.pid}`;
  await untilDone(logger, 'create the topics', () =>
    eventBus.createTopics(topics),
  );
  // Events do not wait for jobs.
  void untilDone(logger, 'schedule the jobs', () =>
    jobQueue.start(scheduledJobs({ config, logger, ...parts }), retiredJobs),
  );
  const consumer = new DeliveryConsumer({
    database,
    store,
    bus: eventBus,
    cache,
    fanOut,
    logger,
  });
  const subscriptions = [
    eventBus.subscribe({
      topic: eventsTopic.name,
      group: deliveryGroup,
      member,
      maxBatch: eventsAtOnce,
      handle: messages => consumer.handle(messages),
    }),
    eventBus.subscribe({
      topic: deadLetterTopic.name,
      group: deadLetterGroup,
      member,
      maxBatch: deadLettersAtOnce,
      handle: messages => deadLetters.add(messages),
    }),
  ];
  const lease = new Lease({
    database,
    name: 'outbox relay',
    owner: member,
    durationMs: leaseMs,
  });
  const relay = new OutboxRelay({
    outbox,
    bus: eventBus,
    lease,
    channel,
    logger,
  });
  const stopObserving = observeFigures(() => readFigures(parts));
  return {
    stop: async () => {
      stopObserving();
      await relay.close();
      await Promise.all(subscriptions.map(each => each.close()));
    },
  };
}

/** The broker or Redis may start after the worker. */
async function untilDone(
  logger: FastifyBaseLogger,
  what: string,
  attempt: () => Promise<void>,
): Promise<void> {
  const backoff = new Backoff({ firstMs: 250, longestMs: 5_000 });
  for (;;) {
    try {
      await attempt();
      return;
    } catch (error) {
      logger.warn({ err: error }, `cannot ${what} yet`);
      await new Promise(resolve => setTimeout(resolve, backoff.failMs()));
    }
  }
}
