import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import type { ConnectionState } from './connectionState';
import { LiveConnection } from './LiveConnection';
import type { ConnectionHandlers } from './types';

/** The service's side: each attempt is recorded, and answered by the test. */
class Attempts {
  readonly all: { lastEventId: number; handlers: ConnectionHandlers }[] = [];
  closed = 0;
  readonly open = (lastEventId: number, handlers: ConnectionHandlers) => {
    this.all.push({ lastEventId, handlers });
    return () => {
      this.closed += 1;
    };
  };

  get last() {
    const attempt = this.all.at(-1);
    if (!attempt) throw new Error('No attempt yet');
    return attempt;
  }
}

let attempts: Attempts;
let states: ConnectionState[];
let lastEventId: number;
let signedIn: boolean | undefined;
let reloads: number;

beforeEach(() => {
  vi.useFakeTimers();
  attempts = new Attempts();
  states = [];
  lastEventId = 7;
  signedIn = true;
  reloads = 0;
});
afterEach(() => vi.useRealTimers());

function start(): LiveConnection {
  const connection = new LiveConnection({
    open: attempts.open,
    lastEventId: () => lastEventId,
    onEvents: events => {
      lastEventId = events.at(-1)?.eventId ?? lastEventId;
    },
    onState: state => states.push(state),
    onUnknownPosition: async () => {
      reloads += 1;
      lastEventId = 0;
    },
    isSignedIn: async () => signedIn,
  });
  connection.start();
  return connection;
}
const pass = (ms: number) => vi.advanceTimersByTimeAsync(ms);

describe('a live connection', () => {
  it('continues after the last event on another instance', async () => {
    start();
    attempts.last.handlers.onOpen('web-1');
    attempts.last.handlers.onEvents([
      { eventId: 9, type: 'read', id: 'a', readAt: '' },
    ]);
    attempts.last.handlers.onEnd('draining');
    await pass(300);
    expect(attempts.all.map(each => each.lastEventId)).toEqual([7, 9]);
    attempts.last.handlers.onOpen('web-2');
    expect(states.map(({ phase }) => phase)).toEqual([
      'live',
      'interrupted',
      'live',
    ]);
    expect(states.at(-1)).toMatchObject({ instanceId: 'web-2' });
  });

  it('waits longer after each failure, and never longer than five seconds', async () => {
    start();
    for (let failure = 0; failure < 8; failure += 1) {
      attempts.last.handlers.onEnd('lost');
      await pass(5_000);
      expect(attempts.all).toHaveLength(failure + 2);
    }
    attempts.last.handlers.onEnd('lost');
    await pass(2_400);
    expect(attempts.all).toHaveLength(9);
  });

  it('stops when the session has ended', async () => {
    start();
    attempts.last.handlers.onOpen(null);
    attempts.last.handlers.onEnd('signed out');
    await pass(60_000);
    expect(attempts.all).toHaveLength(1);
    expect(states.at(-1)).toEqual({ phase: 'signed out' });
  });

  it('asks who is signed in when it was refused without a reason', async () => {
    signedIn = false;
    start();
    attempts.last.handlers.onEnd('lost');
    await pass(60_000);
    expect(attempts.all).toHaveLength(1);
    expect(states.at(-1)).toEqual({ phase: 'signed out' });
  });

  it('keeps trying while nobody answers who is signed in', async () => {
    signedIn = undefined;
    start();
    attempts.last.handlers.onEnd('lost');
    await pass(300);
    expect(attempts.all).toHaveLength(2);
  });

  it('loads everything again if the service does not know the position', async () => {
    start();
    attempts.last.handlers.onEnd('unknown position');
    await pass(300);
    expect(reloads).toBe(1);
    expect(attempts.last.lastEventId).toBe(0);
  });

  it('does not wait when the browser is online again', async () => {
    const connection = start();
    for (let failure = 0; failure < 5; failure += 1) {
      attempts.last.handlers.onEnd('lost');
      await pass(5_000);
    }
    attempts.last.handlers.onEnd('lost');
    await pass(0);
    connection.retryNow();
    expect(attempts.all).toHaveLength(7);
    connection.retryNow();
    expect(attempts.all).toHaveLength(7);
  });

  it('is over when the page closes it', async () => {
    const connection = start();
    attempts.last.handlers.onEnd('lost');
    await pass(0);
    connection.stop();
    await pass(60_000);
    expect(attempts.all).toHaveLength(1);
    expect(attempts.closed).toBe(1);
  });
});
