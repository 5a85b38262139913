import type { AddressInfo } from 'node:net';
import type { FastifyInstance } from 'fastify';
import { createDependencies } from '../../src/createDependencies.js';
import type { Config } from '../../src/config/config.js';
import { createServer } from '../../src/http/createServer.js';
import { createParts, type Parts } from '../../src/starter/createParts.js';
import type { Starter } from '../../src/starter/types.js';
import { startWork, type Work } from '../../src/worker/startWork.js';
import { silentLogger } from './testDatabase.js';

/** One instance of the API, and a worker if the test wants one, in this process. */
export class NotificationService {
  readonly url: string;
  readonly app: FastifyInstance;
  readonly starter: Starter;
  readonly parts: Parts;
  readonly #close: () => Promise<void>;

  private constructor(options: {
    url: string;
    app: FastifyInstance;
    starter: Starter;
    parts: Parts;
    close: () => Promise<void>;
  }) {
    this.url = options.url;
    this.app = options.app;
    this.starter = options.starter;
    this.parts = options.parts;
    this.#close = options.close;
  }

  static async start(
    config: Config,
    options: { id?: string; worker?: boolean } = {},
  ): Promise<NotificationService> {
    const { id = 'api-test', worker = true } = options;
    const instance = { id, zone: 'zone-a' };
    const logger = silentLogger;
    const context = {
      config: { ...config, WORKER: 'separate' as const },
      instance,
      logger,
    };
    const { database, starter, readiness } = await createDependencies(context);
    const { routes } = starter;
    const app = await createServer({ ...context, readiness, routes });
    await app.listen({ host: '127.0.0.1', port: 0 });
    readiness.markStarted();
    for (const task of starter.tasks) task.start();
    const parts = await createParts({ ...context, database });
    const work: Work | undefined = worker
      ? await startWork({ ...context, parts })
      : undefined;
    const { port } = app.server.address() as AddressInfo;
    return new NotificationService({
      url: `http://127.0.0.1:${port}`,
      app,
      starter,
      parts,
      close: async () => {
        await work?.stop();
        starter.startDraining?.();
        app.server.closeAllConnections();
        await app.close();
        await Promise.all(starter.tasks.map(task => task.stop()));
        await starter.close?.();
        await parts.adapters.close();
        await database.close();
      },
    });
  }

  close(): Promise<void> {
    return this.#close();
  }
}
