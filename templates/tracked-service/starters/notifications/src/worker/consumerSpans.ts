import {
  context,
  metrics,
  propagation,
  SpanKind,
  SpanStatusCode,
  trace,
  type Attributes,
} from '@opentelemetry/api';
import type { EventBus, ReceivedMessage } from '../bus/EventBus.js';

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

/** Why a message was not processed. */
export interface ConsumerError {
  readonly type: 'dead_letter' | 'retried';
  readonly reason: string;
}
/** How processing a batch ended: the errors of the messages that were not processed. */
export type Outcome = ReadonlyMap<ReceivedMessage, ConsumerError>;

export interface Consumer {
  readonly system: EventBus['kind'];
  readonly group: string;
}

/** Starts a CONSUMER span for each message, within the trace of whoever sent it. @returns ends them. */
export function startConsumerSpans(
  messages: readonly ReceivedMessage[],
  consumer: Consumer,
): (outcome: Outcome) => void {
  const startedAt = performance.now();
  const spans = messages.map(message => startSpan(message, consumer));
  return outcome => {
    const durationSeconds = (performance.now() - startedAt) / 1_000;
    messages.forEach((message, index) => {
      const error = outcome.get(message);
      const span = spans[index];
      if (error) {
        span?.setAttribute('error.type', error.type);
        span?.setStatus({ code: SpanStatusCode.ERROR, message: error.reason });
      }
      span?.end();
      record(error, durationSeconds, operationOf(message, consumer));
    });
  };
}

/** The attributes that spans and metrics share: https://opentelemetry.io/docs/specs/semconv/messaging/ */
function operationOf(
  { topic, partition }: ReceivedMessage,
  { system, group }: Consumer,
) {
  return {
    'messaging.system': system,
    'messaging.operation.name': 'process',
    'messaging.destination.name': topic,
    'messaging.destination.partition.id': String(partition),
    'messaging.consumer.group.name': group,
  };
}

function startSpan(message: ReceivedMessage, consumer: Consumer) {
  const { topic, offset, headers, value } = message;
  return tracer.startSpan(
    `process ${topic}`,
    {
      kind: SpanKind.CONSUMER,
      attributes: {
        ...operationOf(message, consumer),
        'messaging.operation.type': 'process',
        'messaging.message.body.size': value.length,
        ...(consumer.system === 'kafka' && {
          'messaging.kafka.offset': offset,
        }),
      },
    },
    propagation.extract(context.active(), headers),
  );
}

function record(
  error: ConsumerError | undefined,
  durationSeconds: number,
  operation: Attributes,
): void {
  const attributes = {
    ...operation,
    ...(error && { 'error.type': error.type }),
  };
  consumedMessages.add(1, attributes);
  processDuration.record(durationSeconds, attributes);
}
