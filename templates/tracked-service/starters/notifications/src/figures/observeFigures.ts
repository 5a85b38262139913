import { metrics } from '@opentelemetry/api';
import type { ServiceFigures } from './readFigures.js';

const meter = metrics.getMeter('notifications');
const gauges = {
  consumerLag: meter.createGauge('messaging.consumer.lag', {
    description: 'Events that are published and not processed yet',
  }),
  deadLetters: meter.createGauge('dead_letters.open', {
    description: 'Messages that could not be processed and were not replayed',
  }),
  outboxWaiting: meter.createGauge('outbox.waiting', {
    description: 'Events that are committed and not published yet',
  }),
  outboxAge: meter.createGauge('outbox.oldest.age', {
    description: 'Age of the oldest event that is not published yet',
    unit: 's',
  }),
  failedJobs: meter.createGauge('jobs.failed', {
    description: 'Job runs whose attempts are used up',
  }),
};

/** Records the figures of the whole service; what is unknown is not recorded. */
export function observeFigures(figures: ServiceFigures): void {
  const { consumerLag, deadLetters, outbox, jobs } = figures;
  if (consumerLag !== null) gauges.consumerLag.record(consumerLag);
  if (deadLetters) gauges.deadLetters.record(deadLetters.open);
  if (outbox) {
    gauges.outboxWaiting.record(outbox.waiting);
    gauges.outboxAge.record(outbox.oldestSeconds ?? 0);
  }
  if (jobs) gauges.failedJobs.record(jobs.failed);
}
