import { context, propagation } from '@opentelemetry/api';
import type { OutgoingMessage } from '../bus/EventBus.js';
import { eventsTopic } from '../bus/topics.js';
import type { StoredEvent } from '../events/types.js';

/** The message that announces an event; it carries the trace of the request that caused it. */
export function messageOf(event: StoredEvent): OutgoingMessage {
  const headers: Record<string, string> = { type: event.type };
  propagation.inject(context.active(), headers);
  return {
    topic: eventsTopic.name,
    key: event.userId,
    value: Buffer.from(JSON.stringify(event)),
    headers,
  };
}
