import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { createServer } from 'node:net';
import { setTimeout as sleep } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';

const root = fileURLToPath(new URL('../..', import.meta.url));

/** @typedef {{ url: string, pid: number | undefined, stop(): Promise<void> }} Started */

/** Instances of the built service. */
export class Processes {
  /** @type {Started[]} */
  #started = [];

  startApi() {
    return this.#start('dist/main.js');
  }

  startWorker() {
    return this.#start('dist/worker/main.js');
  }

  async stop() {
    await Promise.all(this.#started.map(each => each.stop()));
  }

  /**
   * @param {string} program
   * @returns {Promise<Started>}
   */
  async #start(program) {
    const port = await freePort();
    const child = spawn(process.execPath, [program], {
      cwd: root,
      env: {
        ...process.env,
        NODE_ENV: 'production',
        HOST: '127.0.0.1',
        PORT: String(port),
        WORKER_PORT: String(port),
        WORKER: 'separate',
        LOG_LEVEL: 'warn',
        INSTANCE_ID_SOURCE: 'uuid',
      },
      stdio: ['ignore', 'inherit', 'inherit'],
    });
    const started = {
      url: `http://127.0.0.1:${port}`,
      pid: child.pid,
      async stop() {
        if (child.exitCode !== null || child.signalCode !== null) return;
        const exited = once(child, 'exit');
        child.kill('SIGKILL');
        await exited;
      },
    };
    this.#started.push(started);
    await untilReady(started.url, child);
    return started;
  }
}

/**
 * @param {string} url
 * @param {import('node:child_process').ChildProcess} child
 */
async function untilReady(url, child) {
  for (let attempt = 0; attempt < 600; attempt += 1) {
    if (child.exitCode !== null) {
      throw new Error('The service ended; `npm run build` builds it');
    }
    const response = await fetch(`${url}/healthz/ready`).catch(() => undefined);
    if (response?.ok) return;
    await sleep(100);
  }
  throw new Error(`${url} was not ready within 60 s`);
}

async function freePort() {
  const server = createServer();
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = /** @type {import('node:net').AddressInfo} */ (
    server.address()
  );
  await new Promise(resolve => server.close(resolve));
  return port;
}
