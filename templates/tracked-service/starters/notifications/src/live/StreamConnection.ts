import { once } from 'node:events';
import type { ServerResponse } from 'node:http';
import { SlowClientError } from './SlowClientError.js';
import type { ClosingReason, LiveConnection, LiveEvent } from './types.js';

const drainMs = 10_000;
const heartbeatMs = 15_000;
const reconnectMs = 2_000;

/** A client of Server-Sent Events. What it does not read stays in its connection's buffer, which one batch fills at most. */
export class StreamConnection implements LiveConnection {
  readonly transport = 'sse';
  readonly #response: ServerResponse;
  readonly #heartbeat: NodeJS.Timeout;

  constructor(response: ServerResponse) {
    this.#response = response;
    // The connection may break at any time; `close` follows.
    response.on('error', () => undefined);
    response.write(`retry: ${reconnectMs}\n\n`);
    this.#heartbeat = setInterval(() => {
      if (!response.writableNeedDrain) response.write(': heartbeat\n\n');
    }, heartbeatMs).unref();
    response.once('close', () => clearInterval(this.#heartbeat));
  }

  async send(events: readonly LiveEvent[]): Promise<void> {
    if (this.#response.destroyed) throw new SlowClientError();
    if (this.#response.write(events.map(format).join(''))) return;
    try {
      await once(this.#response, 'drain', {
        signal: AbortSignal.timeout(drainMs),
      });
    } catch {
      throw new SlowClientError();
    }
  }

  close(reason: ClosingReason): void {
    if (reason === 'too slow') {
      // Nothing more would reach the client.
      this.#response.destroy();
      return;
    }
    clearInterval(this.#heartbeat);
    this.#response.end(
      `event: closing\ndata: ${JSON.stringify({ reason })}\n\n`,
    );
    // A client that does not read would keep the connection open.
    setTimeout(() => this.#response.destroy(), drainMs).unref();
  }
}

/** JSON contains no line break, so one `data` line is enough. */
function format(event: LiveEvent): string {
  return `id: ${event.eventId}\nevent: ${event.type}\ndata: ${JSON.stringify(event)}\n\n`;
}
