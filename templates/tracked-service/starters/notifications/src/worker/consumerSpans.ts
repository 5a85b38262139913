import {
  context,
  metrics,
  propagation,
  SpanKind,
  SpanStatusCode,
  trace,
} from '@opentelemetry/api';
import type { ReceivedMessage } from '../bus/EventBus.js';

const tracer = trace.getTracer('notifications');
const meter = metrics.getMeter('notifications');
const consumedMessages = meter.createCounter(
  'messaging.client.consumed.messages',
  { description: 'Messages that were processed, by topic and error' },
);
const processDuration = meter.createHistogram('messaging.process.duration', {
  description: 'How long a message took, with the batch that it was part of',
  unit: 's',
  // The default ones are for milliseconds; these are those of the semantic conventions.
  advice: {
    explicitBucketBoundaries: [
      0.005, 0.01, 0.025, 0.05, 0.075, 0.1, 0.25, 0.5, 0.75, 1, 2.5, 5, 7.5, 10,
    ],
  },
});

/** How processing a batch ended: the reasons of the messages that failed. */
export type Outcome = ReadonlyMap<ReceivedMessage, string>;

/** Starts a CONSUMER span for each message, within the trace of whoever sent it. @returns ends them. */
export function startConsumerSpans(
  messages: readonly ReceivedMessage[],
  options: { system: string; group: string },
): (outcome: Outcome) => void {
  const startedAt = performance.now();
  const spans = messages.map(message => startSpan(message, options));
  return outcome => {
    const durationSeconds = (performance.now() - startedAt) / 1_000;
    messages.forEach((message, index) => {
      const reason = outcome.get(message);
      const span = spans[index];
      if (reason) {
        span?.setStatus({ code: SpanStatusCode.ERROR, message: reason });
      }
      span?.end();
      record(message, reason, durationSeconds);
    });
  };
}

function startSpan(
  message: ReceivedMessage,
  { system, group }: { system: string; group: string },
) {
  const { topic, partition, offset, headers } = message;
  return tracer.startSpan(
    `process ${topic}`,
    {
      kind: SpanKind.CONSUMER,
      attributes: {
        'messaging.system': system,
        'messaging.operation.type': 'process',
        'messaging.operation.name': 'process',
        'messaging.destination.name': topic,
        'messaging.destination.partition.id': String(partition),
        'messaging.consumer.group.name': group,
        'messaging.kafka.offset': offset,
      },
    },
    propagation.extract(context.active(), headers),
  );
}

function record(
  { topic }: ReceivedMessage,
  reason: string | undefined,
  durationSeconds: number,
): void {
  const attributes = {
    'messaging.destination.name': topic,
    ...(reason && { 'error.type': 'dead_letter' }),
  };
  consumedMessages.add(1, attributes);
  processDuration.record(durationSeconds, attributes);
}
