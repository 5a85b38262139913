import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { json } from 'node:stream/consumers';

/** Receives reports as the portal's API for events does. */
export class Portal {
  /** Accepted events. */
  readonly events: Record<string, unknown>[] = [];
  readonly tokens = new Set<string | undefined>();
  /** Statuses of the next answers; 201 after them. */
  readonly answers: number[] = [];
  readonly #server: Server;

  constructor() {
    this.#server = createServer((request, response) => {
      void json(request).then(body => {
        const status = this.answers.shift() ?? 201;
        this.tokens.add(request.headers.authorization);
        if (status === 201) this.events.push(body as Record<string, unknown>);
        response.writeHead(status).end('{}');
      });
    });
  }

  /** Starts it. @returns its address. */
  async listen(): Promise<string> {
    await new Promise<void>(resolve =>
      this.#server.listen(0, '127.0.0.1', resolve),
    );
    return `http://127.0.0.1:${(this.#server.address() as AddressInfo).port}`;
  }

  async close(): Promise<void> {
    this.#server.closeAllConnections();
    await new Promise(resolve => this.#server.close(resolve));
  }
}
