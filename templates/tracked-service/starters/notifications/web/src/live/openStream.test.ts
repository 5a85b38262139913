import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import type { LiveEvent } from '../api/types';
import { delivered } from '../inbox/testEvents';
import { openStream } from './openStream';

const bytes = new TextEncoder();
let request: { path: string; headers: Headers } | undefined;
let stream: ReadableStreamDefaultController<Uint8Array>;
let status: number;
let log: unknown[];

beforeEach(() => {
  status = 200;
  log = [];
  vi.stubGlobal('fetch', async (path: string, init: RequestInit) => {
    request = { path, headers: new Headers(init.headers) };
    const body = new ReadableStream<Uint8Array>({
      start: controller => {
        stream = controller;
        init.signal?.addEventListener('abort', () =>
          controller.error(init.signal?.reason),
        );
      },
    });
    return new Response(body, {
      status,
      headers: { 'x-instance-id': 'web-2' },
    });
  });
});
afterEach(() => {
  vi.unstubAllGlobals();
  vi.useRealTimers();
});

const open = () =>
  openStream(41, {
    onOpen: instanceId => log.push(`open ${instanceId ?? 'unknown'}`),
    onEvents: events => log.push(events.map(({ eventId }) => eventId)),
    onEnd: reason => log.push(reason),
  });
const send = (text: string) => stream.enqueue(bytes.encode(text));
const format = (event: LiveEvent) =>
  `id: ${event.eventId}\nevent: ${event.type}\ndata: ${JSON.stringify(event)}\n\n`;
const logged = (...expected: unknown[]) =>
  vi.waitFor(() => expect(log).toEqual(expected));

describe('a stream of Server-Sent Events', () => {
  it('continues after the last event, and names the instance', async () => {
    open();
    await logged('open web-2');
    expect(request?.path).toBe('/api/notifications/stream');
    expect(request?.headers.get('last-event-id')).toBe('41');
  });

  it('reads events wherever the network cuts them', async () => {
    open();
    await logged('open web-2');
    const text = `retry: 2000\n\n${format(delivered(42))}`;
    send(text.slice(0, 40));
    send(text.slice(40));
    await logged('open web-2', [42]);
    send(format(delivered(43)) + format(delivered(44)));
    await logged('open web-2', [42], [43, 44]);
  });

  it('says why the service closes it', async () => {
    open();
    await logged('open web-2');
    send('event: closing\ndata: {"reason":"draining"}\n\n');
    stream.close();
    await logged('open web-2', 'draining');
  });

  it('ends as lost when it breaks without a word', async () => {
    open();
    await logged('open web-2');
    stream.error(new TypeError('network error'));
    await logged('open web-2', 'lost');
  });

  it.each([
    [400, 'unknown position'],
    [401, 'signed out'],
    [503, 'lost'],
  ])('is refused with %i: %s', async (code, reason) => {
    status = code;
    open();
    await logged(reason);
  });

  it('is lost when not even a heartbeat arrives', async () => {
    vi.useFakeTimers();
    open();
    await vi.advanceTimersByTimeAsync(30_000);
    send(': heartbeat\n\n');
    await vi.advanceTimersByTimeAsync(39_000);
    expect(log).toEqual(['open web-2']);
    await vi.advanceTimersByTimeAsync(2_000);
    expect(log).toEqual(['open web-2', 'lost']);
  });

  it('calls nothing after it was closed', async () => {
    const close = open();
    await logged('open web-2');
    close();
    await new Promise(resolve => setTimeout(resolve, 20));
    expect(log).toEqual(['open web-2']);
  });
});
