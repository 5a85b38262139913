import { connect, createServer, type Server } from 'node:net';

/**
 * A TCP proxy before a backend that lets requests through and, on command,
 * throws away the answer and cuts the connection: the sender cannot know that
 * its data was committed.
 */
export class CuttingProxy {
  /** Share of answers that are lost. */
  cutShare = 0;
  /** Answers that were lost. */
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
