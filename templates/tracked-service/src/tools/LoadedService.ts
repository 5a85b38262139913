import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { findFreePort } from '@internal/dev-servers';
import type { DatabaseUrls } from './databaseRoles';
import { readHealthCheck, type HealthCheck } from './readHealthCheck';

/** Image that the instances claim to run at first. */
export const FIRST_IMAGE = `orders@sha256:${'1'.repeat(64)}`;

/** Two instances of a built repository behind HAProxy, with the repository's own configuration. */
export class LoadedService {
  /** Where the load balancer listens. */
  readonly url: string;
  /** Where each instance listens. */
  readonly instances: readonly string[];
  readonly #directory: string;
  readonly #database: DatabaseUrls;
  readonly #processes: ChildProcess[] = [];
  /** The processes of the instances, in the order of `instances`. */
  readonly #running: ChildProcess[] = [];
  #output = '';

  private constructor(
    directory: string,
    database: DatabaseUrls,
    ports: { balancer: number; instances: number[] },
  ) {
    this.#directory = directory;
    this.#database = database;
    this.url = `http://127.0.0.1:${ports.balancer}`;
    this.instances = ports.instances.map(port => `http://127.0.0.1:${port}`);
  }

  static async start(
    directory: string,
    database: DatabaseUrls,
  ): Promise<LoadedService> {
    const ports = [await findFreePort(), await findFreePort()];
    const publicPort = await findFreePort();
    const check = readHealthCheck(directory);
    const service = new LoadedService(directory, database, {
      balancer: publicPort,
      instances: ports,
    });
    // The instances wait for the migration, as after the first deployment.
    ports.forEach((_, index) => service.startInstance(index, `g2-${index}`));
    const configuration = join(directory, 'haproxy-g2.cfg');
    writeFileSync(
      configuration,
      balancerFor({ directory, publicPort, ports, check }),
    );
    const exitCode = await service.migrate();
    if (exitCode !== 0) {
      throw new Error(
        `The migration ended with ${exitCode}: ${service.output}`,
      );
    }
    service.#run('haproxy', ['-f', configuration], directory, {});
    return service;
  }

  /**
   * Starts the instance with this number, like the replacement of an Auto Scaling group: at the same address, with
   * another id.
   */
  startInstance(index: number, id: string, image = FIRST_IMAGE): void {
    this.#running[index] = this.#run(
      process.execPath,
      ['dist/main.js'],
      this.#directory,
      {
        HOST: '127.0.0.1',
        PORT: new URL(this.instances[index]).port,
        DATABASE_URL: this.#database.application,
        DATABASE_MIGRATE_ON_START: 'false',
        LOG_LEVEL: 'warn',
        SERVICE_IMAGE: image,
        OTEL_RESOURCE_ATTRIBUTES: `service.instance.id=${id},cloud.availability_zone=zone-${index}`,
      },
    );
  }

  /** Runs the one-off task of a deployment. @returns its exit code */
  async migrate(): Promise<number> {
    const child = this.#run(
      process.execPath,
      ['dist/migrate.js'],
      this.#directory,
      {
        DATABASE_URL: this.#database.master,
        DATABASE_APPLICATION_PASSWORD: this.#database.applicationPassword,
        LOG_LEVEL: 'warn',
      },
    );
    const [exitCode] = await once(child, 'exit');
    return exitCode ?? 1;
  }

  /** Ends an instance without warning, like a lost machine. */
  async killInstance(index: number): Promise<void> {
    await end(this.#running[index]);
  }

  /** Waits until one instance is ready. */
  async waitForInstance(index: number, timeoutMs: number): Promise<void> {
    for (const deadline = Date.now() + timeoutMs; Date.now() < deadline; ) {
      if ((await readiness(this.instances[index])) === 200) {
        return;
      }
      await delay(100);
    }
    throw new Error(`Instance ${index} was not ready: ${this.#output}`);
  }

  /** Image digests that the instances report, in their order. */
  runningImageDigests(): Promise<string[]> {
    return Promise.all(
      this.instances.map(async url => {
        const answer = await fetch(`${url}/healthz/serving`);
        return ((await answer.json()) as { imageDigest: string }).imageDigest;
      }),
    );
  }

  /** Stops an instance with SIGTERM, without deregistering it. @returns its exit code */
  async stopInstance(index: number): Promise<number | null> {
    const child = this.#running[index];
    const exited = once(child, 'exit');
    child.kill('SIGTERM');
    await exited;
    return child.exitCode;
  }

  /** The end of the processes' output, for messages. */
  get output(): string {
    return this.#output;
  }

  /**
   * Waits until the readiness of every instance, and so the load balancer's choice, has this value. @returns how long
   * it took.
   */
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
    await Promise.all(this.#processes.map(end));
  }

  #run(
    command: string,
    args: string[],
    cwd: string,
    env: Record<string, string>,
  ): ChildProcess {
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
    return child;
  }
}

async function end(child: ChildProcess): Promise<void> {
  if (child.exitCode === null && child.signalCode === null) {
    const exited = once(child, 'exit');
    child.kill('SIGKILL');
    await exited;
  }
}

/** The repository's configuration with addresses of this machine instead of container names, and with the health check of the cloud. */
function balancerFor(options: {
  directory: string;
  publicPort: number;
  ports: readonly number[];
  check: HealthCheck;
}): string {
  const { directory, publicPort, ports, check } = options;
  const text = readFileSync(join(directory, 'compose/haproxy.cfg'), 'utf8');
  return text
    .replace('bind :8080', `bind 127.0.0.1:${publicPort}`)
    .replace(/option httpchk .*/, `option httpchk GET ${check.path}`)
    .replace(
      /check inter \S+ fall \d+ rise \d+/,
      `check inter ${check.intervalSeconds}s fall ${check.unhealthyThreshold} rise ${check.healthyThreshold}`,
    )
    .replace(
      'timeout connect 2s',
      `timeout connect 2s\n  timeout check ${check.timeoutSeconds}s`,
    )
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
