import { connect, createServer, type Server, type Socket } from 'node:net';

/**
 * A fixed address that always leads to the primary, like the DNS name of a
 * managed database. A failover closes the connections to the old primary, so
 * that clients reconnect.
 */
export class DatabaseEndpoint {
  readonly port: number;
  readonly #server: Server;
  readonly #sockets = new Set<Socket>();
  #primaryPort: number | undefined;

  constructor(port: number) {
    this.port = port;
    this.#server = createServer({ noDelay: true }, client =>
      this.#accept(client),
    );
  }

  listen(): Promise<void> {
    return new Promise((resolve, reject) => {
      this.#server.once('error', reject);
      this.#server.listen(this.port, '127.0.0.1', () => resolve());
    });
  }

  /** @param primaryPort - undefined while there is no primary */
  switchTo(primaryPort: number | undefined) {
    if (primaryPort === this.#primaryPort) return;
    this.#primaryPort = primaryPort;
    this.#cut();
  }

  close(): Promise<void> {
    const closed = new Promise<void>(resolve =>
      this.#server.close(() => resolve()),
    );
    this.#cut();
    return closed;
  }

  #accept(client: Socket) {
    if (this.#primaryPort === undefined) {
      client.destroy();
      return;
    }
    const server = connect({
      port: this.#primaryPort,
      host: '127.0.0.1',
      noDelay: true,
    });
    for (const [socket, other] of [
      [client, server],
      [server, client],
    ]) {
      this.#sockets.add(socket);
      socket.on('error', () => other.destroy());
      socket.on('close', () => {
        this.#sockets.delete(socket);
        other.destroy();
      });
      socket.pipe(other);
    }
  }

  #cut() {
    for (const socket of this.#sockets) socket.destroy();
  }
}
