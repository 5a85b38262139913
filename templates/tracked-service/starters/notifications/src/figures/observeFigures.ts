import { metrics, type ObservableGauge } from '@opentelemetry/api';
import type { ServiceFigures } from './readFigures.js';

const meter = metrics.getMeter('notifications');
const gauges = {
  consumerLag: meter.createObservableGauge('messaging.consumer.lag', {
    description: 'Events that are published and not processed yet',
  }),
  deadLetters: meter.createObservableGauge('dead_letters.open', {
    description: 'Messages that could not be processed and were not replayed',
  }),
  outboxWaiting: meter.createObservableGauge('outbox.waiting', {
    description: 'Events that are committed and not published yet',
  }),
  outboxAge: meter.createObservableGauge('outbox.oldest.age', {
    description: 'Age of the oldest event that is not published yet',
    unit: 's',
  }),
  failedJobs: meter.createObservableGauge('jobs.failed', {
    description: 'Job runs whose attempts are used up',
  }),
};

/**
 * Reads the figures of the whole service whenever metrics are exported. What is unknown is not exported: its last value
 * would look like the present one.
 *
 * @returns stops it
 */
export function observeFigures(
  read: () => Promise<ServiceFigures>,
): () => void {
  const observe: Parameters<
    typeof meter.addBatchObservableCallback
  >[0] = async result => {
    for (const [gauge, value] of valuesOf(await read())) {
      if (value !== undefined && value !== null) result.observe(gauge, value);
    }
  };
  const all = Object.values(gauges);
  meter.addBatchObservableCallback(observe, all);
  return () => meter.removeBatchObservableCallback(observe, all);
}

function valuesOf({
  consumerLag,
  deadLetters,
  outbox,
  jobs,
}: ServiceFigures): [ObservableGauge, number | null | undefined][] {
  return [
    [gauges.consumerLag, consumerLag],
    [gauges.deadLetters, deadLetters?.open],
    [gauges.outboxWaiting, outbox?.waiting],
    [gauges.outboxAge, outbox && (outbox.oldestSeconds ?? 0)],
    [gauges.failedJobs, jobs?.failed],
  ];
}
