import { connect, type Socket } from 'node:net';

/** The response. */
export interface RawAnswer {
  status: number;
  latencyMs: number;
}

/**
 * An HTTP/1.1 connection that sends one request after another. It costs much
 * less than `node:http`, which leaves the CPU to the server.
 */
export class RawHttpClient {
  #socket: Socket | undefined;
  #received = '';
  #settle: ((answer: RawAnswer | Error) => void) | undefined;
  #began = 0;
  readonly #port: number;
  readonly #head: string | (() => string);

  /** @param head - Request line and headers; pass a function to give each request its own */
  constructor(port: number, head: string | (() => string)) {
    this.#port = port;
    this.#head = head;
  }

  /** Sends a POST with the client's headers. */
  send(body: readonly Buffer[]): Promise<RawAnswer> {
    return new Promise((resolve, reject) => {
      this.#settle = answer =>
        answer instanceof Error ? reject(answer) : resolve(answer);
      this.#began = performance.now();
      const socket = this.#connected();
      const length = body.reduce((sum, part) => sum + part.length, 0);
      socket.cork();
      const head = typeof this.#head === 'string' ? this.#head : this.#head();
      socket.write(`${head}content-length: ${length}\r\n\r\n`);
      for (const part of body) {
        socket.write(part);
      }
      socket.uncork();
    });
  }

  close(): void {
    this.#socket?.destroy();
  }

  #connected(): Socket {
    if (this.#socket && !this.#socket.destroyed) {
      return this.#socket;
    }
    const socket = connect({
      port: this.#port,
      host: '127.0.0.1',
      noDelay: true,
    });
    this.#received = '';
    socket.setEncoding('latin1');
    socket.on('data', (chunk: string) => this.#take(chunk));
    socket.on('error', error => this.#finish(error));
    socket.on('close', () => this.#finish(new Error('connection closed')));
    this.#socket = socket;
    return socket;
  }

  #take(chunk: string): void {
    this.#received += chunk;
    const end = this.#received.indexOf('\r\n\r\n');
    if (end < 0) {
      return;
    }
    const head = this.#received.slice(0, end);
    const length = Number(/content-length: (\d+)/i.exec(head)?.[1] ?? 0);
    if (this.#received.length < end + 4 + length) {
      return;
    }
    this.#received = this.#received.slice(end + 4 + length);
    if (/connection: close/i.test(head)) {
      this.#socket?.destroy();
    }
    this.#finish({
      status: Number(head.slice(9, 12)),
      latencyMs: performance.now() - this.#began,
    });
  }

  #finish(answer: RawAnswer | Error): void {
    const settle = this.#settle;
    this.#settle = undefined;
    settle?.(answer);
  }
}
