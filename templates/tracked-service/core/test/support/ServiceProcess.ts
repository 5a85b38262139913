import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { createServer, type AddressInfo } from 'node:net';
import { setTimeout as sleep } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';

/** The built service, or another program in dist/, as a separate process. */
export class ServiceProcess {
  readonly url: string;
  readonly #process: ChildProcess;
  #output = '';

  constructor(options: {
    port: number;
    environment: Record<string, string>;
    program?: string;
  }) {
    this.url = `http://127.0.0.1:${options.port}`;
    const program = new URL(
      `../../dist/${options.program ?? 'main.js'}`,
      import.meta.url,
    );
    this.#process = spawn(process.execPath, [fileURLToPath(program)], {
      env: {
        PATH: process.env['PATH'],
        HOST: '127.0.0.1',
        PORT: String(options.port),
        ...options.environment,
      },
      stdio: ['ignore', 'pipe', 'pipe'],
    });
    for (const stream of [this.#process.stdout, this.#process.stderr]) {
      stream?.on('data', data => {
        this.#output = (this.#output + String(data)).slice(-20_000);
      });
    }
  }

  get running(): boolean {
    return this.#process.exitCode === null && this.#process.signalCode === null;
  }

  /** The end of the process output, for messages of failed tests. */
  get output(): string {
    return this.#output;
  }

  /** @returns the status code of the readiness probe, or 0 without a response. */
  async readiness(): Promise<number> {
    try {
      const answer = await fetch(`${this.url}/healthz/ready`, {
        signal: AbortSignal.timeout(3_000),
      });
      await answer.arrayBuffer();
      return answer.status;
    } catch {
      return 0;
    }
  }

  async waitForReadiness(status: number, timeoutMs = 30_000): Promise<void> {
    const deadline = Date.now() + timeoutMs;
    while ((await this.readiness()) !== status) {
      if (Date.now() > deadline) {
        throw new Error(
          `Readiness was not ${status} within ${timeoutMs} ms:\n${this.#output}`,
        );
      }
      await sleep(50);
    }
  }

  /** @returns the exit code. */
  async stop(signal: NodeJS.Signals): Promise<number | null> {
    if (!this.running) return this.#process.exitCode;
    const exited = once(this.#process, 'exit');
    this.#process.kill(signal);
    await exited;
    return this.#process.exitCode;
  }
}

/** A port that was free a moment ago. */
export async function freePort(): Promise<number> {
  const server = createServer();
  await new Promise<void>(resolve => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  await new Promise(resolve => server.close(resolve));
  return port;
}
