import type { OutgoingMessage, ReceivedMessage } from '../bus/EventBus.js';
import { deadLetterTopic } from '../bus/topics.js';
import { messageId } from './messageId.js';

const prefix = 'dead-letter-';

/** Why a message could not be processed. */
export interface Failure {
  readonly message: ReceivedMessage;
  readonly reason: string;
  readonly attempts: number;
}

/** What the dead-letter topic tells about a failed message. */
export interface DeadLetter {
  /** That of the failed message: the same failure, published twice, is one dead letter. */
  readonly id: string;
  readonly topic: string;
  readonly partition: number;
  readonly offset: number;
  readonly key: string;
  readonly value: Buffer;
  readonly headers: Record<string, string>;
  readonly reason: string;
  readonly attempts: number;
  readonly failedAt: Date;
}

/** The message for the dead-letter topic: unchanged, with the reason and the original place in its headers. */
export function toDeadLetterMessage(failure: Failure): OutgoingMessage {
  const { message, reason, attempts } = failure;
  return {
    topic: deadLetterTopic.name,
    key: message.key,
    value: message.value,
    headers: {
      ...message.headers,
      [`${prefix}id`]: messageId(message),
      [`${prefix}reason`]: reason,
      [`${prefix}attempts`]: String(attempts),
      [`${prefix}topic`]: message.topic,
      [`${prefix}partition`]: String(message.partition),
      [`${prefix}offset`]: String(message.offset),
      [`${prefix}failed-at`]: new Date().toISOString(),
    },
  };
}

/** Reads it back; whatever somebody else wrote into the topic becomes a dead letter with an unknown reason. */
export function readDeadLetter(message: ReceivedMessage): DeadLetter {
  const header = (name: string) => message.headers[`${prefix}${name}`];
  const { topic, partition, offset } = readPlace(header) ?? message;
  const failedAt = new Date(header('failed-at') ?? Number.NaN);
  return {
    id: readId(header('id')) ?? messageId(message),
    topic,
    partition,
    offset,
    key: storable(message.key),
    value: message.value,
    headers: Object.fromEntries(
      Object.entries(message.headers)
        .filter(([name]) => !name.startsWith(prefix))
        .map(([name, value]) => [storable(name), storable(value)]),
    ),
    reason: storable(header('reason') ?? 'unknown'),
    attempts: wholeNumber(header('attempts')) ?? 0,
    failedAt: Number.isNaN(failedAt.getTime()) ? new Date() : failedAt,
  };
}

const uuidFormat = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i;

function readId(text: string | undefined): string | undefined {
  return text && uuidFormat.test(text) ? text : undefined;
}

function readPlace(header: (name: string) => string | undefined) {
  const topic = header('topic');
  const partition = wholeNumber(header('partition'));
  const offset = wholeNumber(header('offset'));
  if (!topic || partition === undefined || offset === undefined) {
    return undefined;
  }
  return { topic: storable(topic), partition, offset };
}

function wholeNumber(text: string | undefined): number | undefined {
  const number = text ? Number(text) : Number.NaN;
  return Number.isSafeInteger(number) && number >= 0 ? number : undefined;
}

/** PostgreSQL cannot store U+0000 in text. */
const storable = (text: string) => text.replaceAll('\u0000', '\uFFFD');
