import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { findFreePort } from '../startPostgres';

/** Two instances of a built repository behind HAProxy with the repository's own configuration. */
export class LoadedService {
  /** Where the load balancer listens. */
  readonly url: string;
  /** Where each instance listens. */
  readonly instances: readonly string[];
  readonly #processes: ChildProcess[] = [];
  #output = '';

  private constructor(url: string, instances: string[]) {
    this.url = url;
    this.instances = instances;
  }

  static async start(
    directory: string,
    databaseUrl: string,
  ): Promise<LoadedService> {
    const ports = [await findFreePort(), await findFreePort()];
    const publicPort = await findFreePort();
    const service = new LoadedService(
      `http://127.0.0.1:${publicPort}`,
      ports.map(port => `http://127.0.0.1:${port}`),
    );
    ports.forEach((port, index) =>
      service.#run(process.execPath, ['dist/main.js'], directory, {
        HOST: '127.0.0.1',
        PORT: String(port),
        DATABASE_URL: databaseUrl,
        LOG_LEVEL: 'warn',
        OTEL_RESOURCE_ATTRIBUTES: `service.instance.id=g2-${index},cloud.availability_zone=zone-${index}`,
      }),
    );
    const configuration = join(directory, 'haproxy-g2.cfg');
    writeFileSync(configuration, balancerFor(directory, publicPort, ports));
    service.#run('haproxy', ['-f', configuration], directory, {});
    return service;
  }

  /** The end of what the processes wrote, for messages. */
  get output(): string {
    return this.#output;
  }

  /** Waits until every instance's readiness, and so the load balancer's choice, is this. @returns how long it took. */
  async waitForReadiness(status: number, timeoutMs: number): Promise<number> {
    const started = Date.now();
    for (;;) {
      const found = await Promise.all(this.instances.map(readiness));
      if (found.every(code => code === status)) {
        return Date.now() - started;
      }
      if (Date.now() - started > timeoutMs) {
        throw new Error(
          `Readiness was ${found} and not ${status} within ${timeoutMs} ms: ${
            this.#output
          }`,
        );
      }
      await delay(50);
    }
  }

  async stop(): Promise<void> {
    await Promise.all(
      this.#processes.map(async child => {
        if (child.exitCode === null && child.signalCode === null) {
          const exited = once(child, 'exit');
          child.kill('SIGKILL');
          await exited;
        }
      }),
    );
  }

  #run(
    command: string,
    args: string[],
    cwd: string,
    env: Record<string, string>,
  ): void {
    const child = spawn(command, args, {
      cwd,
      env: { PATH: process.env.PATH, ...env },
      stdio: ['ignore', 'pipe', 'pipe'],
    });
    for (const stream of [child.stdout, child.stderr]) {
      stream.on('data', data => {
        this.#output = (this.#output + String(data)).slice(-3000);
      });
    }
    child.on('error', error => {
      this.#output += String(error);
    });
    this.#processes.push(child);
  }
}

/** The repository's configuration with this machine's addresses instead of the containers' names. */
function balancerFor(
  directory: string,
  publicPort: number,
  ports: readonly number[],
): string {
  const text = readFileSync(join(directory, 'compose/haproxy.cfg'), 'utf8');
  return text
    .replace('bind :8080', `bind 127.0.0.1:${publicPort}`)
    .replace(
      'server service-a service-a:8080',
      `server a 127.0.0.1:${ports[0]}`,
    )
    .replace(
      'server service-b service-b:8080',
      `server b 127.0.0.1:${ports[1]}`,
    )
    .replace(/^.*init-addr none.*$/gm, '')
    .replace(/^resolvers docker[\s\S]*$/m, '');
}

async function readiness(url: string): Promise<number> {
  try {
    const answer = await fetch(`${url}/healthz/ready`, {
      signal: AbortSignal.timeout(4000),
    });
    await answer.arrayBuffer();
    return answer.status;
  } catch {
    return 0;
  }
}
