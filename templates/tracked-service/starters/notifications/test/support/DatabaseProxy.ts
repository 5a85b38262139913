import { connect, createServer, type AddressInfo, type Socket } from 'node:net';

/** A connection to the database server that a test can let hang, as an overloaded machine does. */
export class DatabaseProxy {
  readonly #target: URL;
  readonly #open = new Set<Socket>();
  readonly #server = createServer(socket => this.#accept(socket));
  #hanging = false;

  constructor(databaseUrl: string) {
    this.#target = new URL(databaseUrl);
  }

  /** @returns the URL of the database through this proxy. */
  async listen(): Promise<string> {
    await new Promise<void>(resolve =>
      this.#server.listen(0, '127.0.0.1', resolve),
    );
    const url = new URL(this.#target);
    const { port } = this.#server.address() as AddressInfo;
    url.host = `127.0.0.1:${port}`;
    return url.href;
  }

  /** Ends all connections, and accepts new ones without an answer. */
  hang(): void {
    this.#hanging = true;
    this.#endAll();
  }

  resume(): void {
    this.#hanging = false;
    this.#endAll();
  }

  async close(): Promise<void> {
    this.#endAll();
    await new Promise(resolve => this.#server.close(resolve));
  }

  #accept(socket: Socket): void {
    this.#watch(socket);
    if (this.#hanging) return;
    const { hostname, port } = this.#target;
    const upstream = this.#watch(connect(Number(port || 5432), hostname));
    socket.pipe(upstream).pipe(socket);
    socket.on('close', () => upstream.destroy());
    upstream.on('close', () => socket.destroy());
  }

  #watch(socket: Socket): Socket {
    this.#open.add(socket);
    socket.on('error', () => undefined);
    return socket.on('close', () => this.#open.delete(socket));
  }

  #endAll(): void {
    for (const socket of this.#open) socket.destroy();
  }
}
