import { pino } from 'pino';
import { expect, it, vi } from 'vitest';
import { LiveHub } from './LiveHub.js';
import type { LiveReader } from './LiveReader.js';
import { SlowClientError } from './SlowClientError.js';

const event = { eventId: 1, type: 'read', id: 'x', readAt: 'now' } as const;

/** A hub, and a client that never says that it has gone. */
function connect(send: () => Promise<void>) {
  const reader = {
    readAfter: async (_userId: string, after: number) =>
      after === 0 ? [event] : [],
    lastEventIds: async () => new Map([['ada', 1]]),
  } as unknown as LiveReader;
  const hub = new LiveHub({
    reader,
    fanOut: {
      kind: 'redis',
      publish: async () => undefined,
      subscribe: () => () => undefined,
      close: async () => undefined,
    },
    logger: pino({ level: 'silent' }),
    stillSignedIn: async () => new Set(),
  });
  const close = vi.fn();
  hub.add({
    userId: 'ada',
    sessionId: 'session',
    lastEventId: 0,
    connection: { transport: 'sse', send, close },
  });
  return { hub, close };
}

it('forgets a client that does not read', async () => {
  const { hub, close } = connect(() => Promise.reject(new SlowClientError()));
  await vi.waitFor(() => expect(close).toHaveBeenCalledWith('too slow'));
  expect(hub.count('sse')).toBe(0);
});

it('forgets a client that has signed out', async () => {
  const { hub, close } = connect(async () => undefined);
  expect(hub.count('sse')).toBe(1);
  await hub.check();
  expect(close).toHaveBeenCalledWith('signed out');
  expect(hub.count('sse')).toBe(0);
});

it('forgets its clients when the instance drains', () => {
  const { hub, close } = connect(async () => undefined);
  hub.startDraining();
  expect(close).toHaveBeenCalledWith('draining');
  expect(hub.count('sse')).toBe(0);
});
