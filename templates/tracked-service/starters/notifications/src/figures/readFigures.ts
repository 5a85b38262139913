import { setTimeout as sleep } from 'node:timers/promises';
import type { Adapters } from '../adapters/Adapters.js';
import { deliveryGroup, eventsTopic } from '../bus/topics.js';
import type { DeadLetterStore } from '../deadLetters/DeadLetterStore.js';
import type { JobCounts } from '../jobs/JobQueue.js';
import type { Outbox } from '../outbox/Outbox.js';

const longestWaitMs = 3_000;

/** Figures of the whole service; null is unknown, because the part that knows it does not respond. */
export interface ServiceFigures {
  readonly outbox: { waiting: number; oldestSeconds: number | null } | null;
  readonly consumerLag: number | null;
  readonly deadLetters: { open: number } | null;
  readonly jobs: JobCounts | null;
}

export async function readFigures(parts: {
  adapters: Adapters;
  outbox: Outbox;
  deadLetters: DeadLetterStore;
}): Promise<ServiceFigures> {
  const { eventBus, jobQueue } = parts.adapters;
  const [outbox, consumerLag, open, jobs] = await Promise.all([
    known(parts.outbox.backlog()),
    known(eventBus.lag({ topic: eventsTopic.name, group: deliveryGroup })),
    known(parts.deadLetters.countOpen()),
    known(jobQueue.counts()),
  ]);
  return {
    outbox,
    consumerLag,
    deadLetters: open === null ? null : { open },
    jobs,
  };
}

async function known<T>(figure: Promise<T>): Promise<T | null> {
  const late = sleep(longestWaitMs, null, { ref: false });
  return Promise.race([figure.catch(() => null), late]);
}
