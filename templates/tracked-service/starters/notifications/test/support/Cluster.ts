import { freePort, ServiceProcess } from './ServiceProcess.js';

const workerMain = 'worker/main.js';

/** Instances of the API and workers as processes, on one database. */
export class Cluster {
  readonly #environment: Record<string, string>;
  readonly #processes = new Set<ServiceProcess>();

  constructor(environment: Record<string, string>) {
    this.#environment = {
      DATABASE_MIGRATE_ON_START: 'false',
      LOG_LEVEL: 'warn',
      INSTANCE_ID_SOURCE: 'uuid',
      SHUTDOWN_DRAIN_MS: '200',
      WORKER: 'separate',
      ...environment,
    };
  }

  async startApi(port?: number): Promise<ServiceProcess> {
    const api = new ServiceProcess({
      port: port ?? (await freePort()),
      environment: this.#environment,
    });
    this.#processes.add(api);
    await api.waitForReadiness(200, 120_000);
    return api;
  }

  async startWorker(): Promise<ServiceProcess> {
    const port = await freePort();
    const worker = new ServiceProcess({
      port,
      environment: { ...this.#environment, WORKER_PORT: String(port) },
      program: workerMain,
    });
    this.#processes.add(worker);
    await worker.waitForReadiness(200, 120_000);
    return worker;
  }

  async stop(): Promise<void> {
    for (const process of this.#processes) await process.stop('SIGKILL');
  }
}
