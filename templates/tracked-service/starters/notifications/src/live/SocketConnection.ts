import type { Socket } from 'socket.io';
import { SlowClientError } from './SlowClientError.js';
import type { ClosingReason, LiveConnection, LiveEvent } from './types.js';

const acknowledgementMs = 10_000;

/** A client over Socket.IO: it acknowledges each batch. */
export class SocketConnection implements LiveConnection {
  readonly transport = 'socket.io';
  readonly #socket: Socket;

  constructor(socket: Socket) {
    this.#socket = socket;
  }

  async send(events: readonly LiveEvent[]): Promise<void> {
    try {
      await this.#socket
        .timeout(acknowledgementMs)
        .emitWithAck('events', events);
    } catch {
      throw new SlowClientError();
    }
  }

  close(reason: ClosingReason): void {
    this.#socket.emit('closing', { reason });
    this.#socket.disconnect(true);
  }
}
