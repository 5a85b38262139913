import { connect, createServer, type Server, type Socket } from 'node:net';
import type { AddressInfo } from 'node:net';

/** TCP proxy in front of PostgreSQL that can lose the response to a COMMIT, as a failover does at the worst moment. */
export class CuttingProxy {
  readonly #server: Server;
  readonly #sockets = new Set<Socket>();
  /** How many of the next COMMITs reach the server without their response reaching the client. */
  cutsLeft = 0;

  constructor(target: { host: string; port: number }) {
    this.#server = createServer(client => {
      const upstream = connect(target);
      this.#sockets.add(client).add(upstream);
      let cut = false;
      client.on('data', data => {
        if (this.cutsLeft > 0 && data.includes('COMMIT')) {
          this.cutsLeft -= 1;
          cut = true;
        }
        upstream.write(data);
      });
      upstream.on('data', data => {
        if (cut) client.destroy();
        else client.write(data);
      });
      client.on('close', () => upstream.destroy()).on('error', ignore);
      upstream.on('close', () => client.destroy()).on('error', ignore);
    });
  }

  async listen(): Promise<number> {
    await new Promise<void>(resolve =>
      this.#server.listen(0, '127.0.0.1', resolve),
    );
    return (this.#server.address() as AddressInfo).port;
  }

  async close(): Promise<void> {
    for (const socket of this.#sockets) socket.destroy();
    await new Promise(resolve => this.#server.close(resolve));
  }
}

function ignore(): void {
  // The other side of a cut connection may report an error, which is the purpose of this proxy.
}
