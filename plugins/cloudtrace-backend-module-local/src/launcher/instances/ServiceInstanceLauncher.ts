import { spawn } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import {
  closeSync,
  mkdirSync,
  openSync,
  readdirSync,
  rmSync,
  statSync,
} from 'node:fs';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import type { PortAllocator } from '../ports/PortAllocator';
import type { DatabaseLogin } from '../database/DatabaseLogin';
import type { ProcessRegistry } from '@internal/dev-servers';
import type { InstanceLauncher, InstanceProcess } from './types';

const KEPT_LOGS = 30;

/**
 * How long a visitor counts as active. A storefront notes a session at most
 * every 20 s.
 */
const ACTIVE_USERS_WINDOW_SECONDS = 30;

/** What the instances of a service need to start. */
export interface ServiceRuntime {
  serviceName: string;
  environment: string;
  /** Folder in which `node dist/main.js` runs. */
  directory: string;
  database: DatabaseLogin;
  /** Undefined: the instances send no telemetry. */
  telemetry?: { endpoint: string; ingestToken: string };
}

/** Starts `node dist/main.js` of a tracked service, following its contract. */
export class ServiceInstanceLauncher implements InstanceLauncher {
  readonly #runtime: ServiceRuntime;
  readonly #ports: PortAllocator;
  readonly #processes: ProcessRegistry;
  readonly #logDirectory: string;

  constructor(options: {
    runtime: ServiceRuntime;
    ports: PortAllocator;
    processes: ProcessRegistry;
    logDirectory: string;
  }) {
    this.#runtime = options.runtime;
    this.#ports = options.ports;
    this.#processes = options.processes;
    this.#logDirectory = options.logDirectory;
    mkdirSync(this.#logDirectory, { recursive: true });
  }

  async launch(zone: string): Promise<InstanceProcess> {
    const port = await this.#ports.next();
    const instanceId = `local-i-${randomBytes(4).toString('hex')}`;
    this.#dropOldLogs();
    const log = openSync(join(this.#logDirectory, `${instanceId}.log`), 'a');
    const child = spawn(
      process.execPath,
      ['--max-old-space-size=128', 'dist/main.js'],
      {
        cwd: this.#runtime.directory,
        env: this.#environment({ instanceId, zone, port }),
        stdio: ['ignore', log, log],
        // Its own process group: Ctrl-C in the terminal reaches only the
        // launcher, which then drains.
        detached: true,
      },
    );
    closeSync(log);
    let ended = false;
    const exited = new Promise<string>(resolve => {
      child.on('error', error => {
        ended = true;
        resolve(`could not be started: ${error.message}`);
      });
      child.on('exit', (code, signal) => {
        ended = true;
        if (child.pid) this.#processes.untrack(child.pid);
        resolve(signal ? `ended by ${signal}` : `ended with exit code ${code}`);
      });
    });
    if (child.pid === undefined) {
      throw new Error(`Instance ${instanceId} ${await exited}`);
    }
    const { pid } = child;
    this.#processes.track({
      pid,
      label: `${this.#runtime.serviceName} ${instanceId}`,
    });
    return {
      instanceId,
      zone,
      port,
      pid,
      launchedAtMs: Date.now(),
      exited,
      hasExited: () => ended,
      kill: () => void child.kill('SIGKILL'),
      terminate: async graceMs => {
        if (ended) return;
        child.kill('SIGTERM');
        await Promise.race([exited, sleep(graceMs, undefined, { ref: false })]);
        if (!ended) child.kill('SIGKILL');
        await exited;
      },
    };
  }

  #environment(instance: { instanceId: string; zone: string; port: number }) {
    const { serviceName, environment, database, telemetry } = this.#runtime;
    return {
      ...pick(process.env, ['PATH', 'HOME', 'TMPDIR', 'TEMP', 'LANG', 'TZ']),
      NODE_ENV: 'production',
      HOST: '127.0.0.1',
      PORT: String(instance.port),
      LOG_LEVEL: 'warn',
      SHUTDOWN_DRAIN_MS: '1000',
      // The load never ends, and the disk is the developer's.
      REQUEST_RETENTION_HOURS: '24',
      DEPLOYMENT_ENVIRONMENT: environment,
      INSTANCE_ID_SOURCE: 'uuid',
      DATABASE_URL: database.url,
      DATABASE_MIGRATE_ON_START: String(!database.migrated),
      ACTIVE_USERS_WINDOW_SECONDS: String(ACTIVE_USERS_WINDOW_SECONDS),
      DATABASE_POOL_MAX: '4',
      OTEL_SERVICE_NAME: serviceName,
      OTEL_RESOURCE_ATTRIBUTES: `service.instance.id=${instance.instanceId},cloud.availability_zone=${instance.zone}`,
      ...(telemetry && {
        OTEL_EXPORTER_OTLP_ENDPOINT: telemetry.endpoint,
        OTEL_EXPORTER_OTLP_HEADERS: `authorization=${encodeURIComponent(
          `Bearer ${telemetry.ingestToken}`,
        )}`,
      }),
    };
  }

  #dropOldLogs() {
    // Ids are random, so this finds the oldest files by time, not by name.
    const logs = readdirSync(this.#logDirectory, { withFileTypes: true })
      .filter(entry => entry.isFile() && entry.name.endsWith('.log'))
      .map(entry => join(this.#logDirectory, entry.name));
    if (logs.length < KEPT_LOGS) return;
    for (const path of oldest(logs, logs.length - KEPT_LOGS + 1)) {
      rmSync(path, { force: true });
    }
  }
}

function oldest(paths: string[], count: number): string[] {
  return paths
    .map(path => ({ path, atMs: statSync(path).mtimeMs }))
    .sort((a, b) => a.atMs - b.atMs)
    .slice(0, count)
    .map(({ path }) => path);
}

function pick(
  environment: NodeJS.ProcessEnv,
  names: string[],
): Record<string, string> {
  const picked: Record<string, string> = {};
  for (const name of names) {
    const value = environment[name];
    if (value !== undefined) picked[name] = value;
  }
  return picked;
}
