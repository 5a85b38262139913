import { describe, expect, it } from 'vitest';
import type { OutgoingMessage, ReceivedMessage } from '../bus/EventBus.js';
import { readDeadLetter, toDeadLetterMessage } from './deadLetterMessage.js';

const failed: ReceivedMessage = {
  topic: 'notifications.events',
  partition: 3,
  offset: 7,
  publishedAt: new Date('2026-11-30T12:00:00Z'),
  key: 'ada',
  value: Buffer.from('{'),
  headers: { type: 'notification.created', traceparent: '00-1-1-01' },
};
const failure = (message: ReceivedMessage) => ({
  message,
  reason: 'The message is not JSON',
  attempts: 1,
});
const arrive = (message: OutgoingMessage, offset = 0): ReceivedMessage => ({
  ...message,
  partition: 0,
  offset,
  publishedAt: new Date('2026-11-30T12:00:01Z'),
});
const idOf = (message: ReceivedMessage, offset = 0) =>
  readDeadLetter(arrive(toDeadLetterMessage(failure(message)), offset)).id;

describe('A dead letter', () => {
  it('keeps the message, its place and the reason', () => {
    const letter = readDeadLetter(
      arrive(toDeadLetterMessage(failure(failed)), 5),
    );
    const { topic, partition, offset, key, value, headers } = failed;
    expect(letter).toMatchObject({
      ...{ topic, partition, offset, key, value, headers },
      reason: 'The message is not JSON',
      attempts: 1,
    });
  });

  it('is the same if its failure is published twice', () => {
    expect(idOf(failed, 1)).toBe(idOf(failed, 0));
  });

  it.each([
    ['was published at another time', { publishedAt: new Date(0) }],
    ['has another offset', { offset: 8 }],
    ['has another content', { value: Buffer.from('}') }],
    ['has another header', { headers: { type: 'notification.created' } }],
  ])('is another one if the message %s', (_how, changes) => {
    expect(idOf({ ...failed, ...changes })).not.toBe(idOf(failed));
  });

  it('of somebody else is identified by its own message', () => {
    const foreign = arrive({ ...failed, headers: { 'dead-letter-id': 'x' } });
    const again = { ...foreign, offset: 1 };
    expect(readDeadLetter(foreign).id).toBe(readDeadLetter(foreign).id);
    expect(readDeadLetter(again).id).not.toBe(readDeadLetter(foreign).id);
  });
});
