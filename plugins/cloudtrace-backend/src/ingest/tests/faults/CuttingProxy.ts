import { connect, createServer, type Server } from 'node:net';

/**
 * A TCP proxy in front of a backend that, on command, passes requests but
 * discards the response and closes the connection: the sender cannot know that
 * its data was committed.
 */
export class CuttingProxy {
  /** Share of lost responses. */
  cutShare = 0;
  /** Number of lost responses. */
  cuts = 0;
  readonly #server: Server;

  private constructor(server: Server) {
    this.#server = server;
  }

  static async start(target: number): Promise<CuttingProxy> {
    const server = createServer();
    const proxy = new CuttingProxy(server);
    server.on('connection', client => {
      const backend = connect(target, '127.0.0.1');
      client.pipe(backend);
      backend.on('data', answer => {
        if (Math.random() < proxy.cutShare) {
          proxy.cuts++;
          client.destroy();
          backend.destroy();
        } else {
          client.write(answer);
        }
      });
      const end = () => {
        client.destroy();
        backend.destroy();
      };
      for (const socket of [client, backend]) {
        socket.on('error', end);
        socket.on('close', end);
      }
    });
    await new Promise<void>(resolve => server.listen(0, '127.0.0.1', resolve));
    return proxy;
  }

  get port(): number {
    return (this.#server.address() as { port: number }).port;
  }

  stop(): void {
    this.#server.close();
  }
}
