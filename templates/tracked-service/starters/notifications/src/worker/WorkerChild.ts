import { fork, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { extname } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { FastifyBaseLogger } from 'fastify';
import { Backoff } from '../bus/Backoff.js';
import type { Instance } from '../instance/detectInstance.js';
import { workerEnvironment } from './workerIdentity.js';

// main.ts with tsx, main.js in dist/.
const program = fileURLToPath(
  new URL(`./main${extname(import.meta.url)}`, import.meta.url),
);

/** The worker as a child of the API, so that nothing else has to be deployed; it starts again when it ends, and ends with its parent. */
export class WorkerChild {
  readonly #instance: Instance;
  readonly #logger: FastifyBaseLogger;
  readonly #backoff = new Backoff({ firstMs: 500, longestMs: 10_000 });
  #child: ChildProcess | undefined;
  #restart: NodeJS.Timeout | undefined;
  #stopped = false;

  constructor(options: { instance: Instance; logger: FastifyBaseLogger }) {
    this.#instance = options.instance;
    this.#logger = options.logger;
  }

  start(): void {
    const child = fork(program, {
      env: {
        ...process.env,
        ...workerEnvironment(this.#instance),
        WORKER_PORT: '0',
      },
    });
    this.#child = child;
    child.once('exit', (code, signal) => {
      if (this.#stopped) return;
      this.#logger.warn({ code, signal }, 'the worker ended; it starts again');
      this.#restart = setTimeout(() => this.start(), this.#backoff.failMs());
    });
  }

  async stop(): Promise<void> {
    this.#stopped = true;
    clearTimeout(this.#restart);
    const child = this.#child;
    if (!child || child.exitCode !== null || child.signalCode !== null) return;
    const exited = once(child, 'exit');
    child.kill('SIGTERM');
    await exited;
  }
}
