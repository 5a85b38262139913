import { createParser, type EventSourceMessage } from 'eventsource-parser';
import type { ClosingReason, LiveEvent } from '../api/types';
import type { ConnectionHandlers, EndReason, OpenConnection } from './types';

/** The service sends a comment every 15 s. */
const silenceMs = 40_000;

/**
 * Server-Sent Events. Not with EventSource: it hides the comments, so a connection that died silently would be shown as
 * live, and the headers, which name the instance.
 */
export const openStream: OpenConnection = (lastEventId, handlers) => {
  const abort = new AbortController();
  let closed = false;
  const open =
    <Arguments extends unknown[]>(handle: (...values: Arguments) => void) =>
    (...values: Arguments) => {
      if (!closed) handle(...values);
    };
  const guarded = {
    onOpen: open(handlers.onOpen),
    onEvents: open(handlers.onEvents),
    onEnd: open(handlers.onEnd),
  };
  readStream(lastEventId, abort, guarded).then(guarded.onEnd, () =>
    guarded.onEnd('lost'),
  );
  return () => {
    closed = true;
    abort.abort();
  };
};

async function readStream(
  lastEventId: number,
  abort: AbortController,
  handlers: Omit<ConnectionHandlers, 'onEnd'>,
): Promise<EndReason> {
  let silence = setTimeout(() => abort.abort(), silenceMs);
  try {
    const response = await fetch('/api/notifications/stream', {
      headers: {
        accept: 'text/event-stream',
        'last-event-id': String(lastEventId),
      },
      signal: abort.signal,
    });
    if (!response.ok || !response.body)
      return refusals[response.status] ?? 'lost';
    handlers.onOpen(response.headers.get('x-instance-id'));
    const parser = createStreamParser(handlers);
    for await (const text of chunksOf(response.body)) {
      clearTimeout(silence);
      silence = setTimeout(() => abort.abort(), silenceMs);
      parser.feed(text);
    }
    return parser.reason;
  } finally {
    clearTimeout(silence);
  }
}

const refusals: Record<number, EndReason> = {
  400: 'unknown position',
  401: 'signed out',
};

/** Passes on the events of each chunk together, so that a thousand do not cause a thousand renderings. */
function createStreamParser({
  onEvents,
}: Pick<ConnectionHandlers, 'onEvents'>) {
  let events: LiveEvent[] = [];
  let reason: EndReason = 'lost';
  const onEvent = ({ event, data }: EventSourceMessage) => {
    const message: unknown = JSON.parse(data);
    if (event === 'closing')
      reason = (message as { reason: ClosingReason }).reason;
    else events.push(message as LiveEvent);
  };
  const parser = createParser({ onEvent });
  return {
    feed(text: string) {
      parser.feed(text);
      if (events.length === 0) return;
      onEvents(events);
      events = [];
    },
    get reason() {
      return reason;
    },
  };
}

/** Browsers cannot iterate over a ReadableStream yet, except for Firefox and Chromium. */
async function* chunksOf(
  body: ReadableStream<Uint8Array>,
): AsyncGenerator<string> {
  const reader = body
    .pipeThrough(new TextDecoderStream() as TransformStream)
    .getReader();
  for (;;) {
    const { done, value } = (await reader.read()) as {
      done: boolean;
      value: string;
    };
    if (done) return;
    yield value;
  }
}
