import { chmodSync, mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { wordTexts } from '@cloudtrace/plugin-cloudtrace-common';
import { ProcessRegistry } from '@internal/dev-servers';
import type {
  FleetChanges,
  FleetHistory,
  FleetState,
  LoadTarget,
  LocalServiceDefinition,
} from '../../protocol/types';
import { DatabasePair } from '../database/DatabasePair';
import { readOrMakePassword } from '../database/readOrMakePassword';
import {
  FleetConflictError,
  FleetInputError,
  FleetNotFoundError,
} from '../errors/fleetErrors';
import { Journal } from '../journal/Journal';
import { MetricSeries } from '../metrics/MetricSeries';
import { IngestTokens } from '../portal/IngestTokens';
import { PortalClient } from '../portal/PortalClient';
import { PortAllocator } from '../ports/PortAllocator';
import type { GroupTiming } from '../scaling/types';
import { FleetServices } from '../services/FleetServices';
import type { ServiceSurroundings } from '../services/ManagedService';

/** Options of a fleet. */
export interface FleetOptions {
  /** Folder for all files of the fleet. */
  directory: string;
  /** Root of the repository, which contains the rendered starters of the template. */
  repositoryRoot: string;
  portalUrl: string;
  /** First of the 200 ports that the fleet uses. */
  portBase: number;
  /** Built-in services. */
  services: LocalServiceDefinition[];
  /** Built-in services of other runs: they do not start again. */
  otherDemos?: string[];
  /** False: instances send no telemetry, and no portal is needed. */
  telemetry: boolean;
  log: (message: string) => void;
  timing?: Partial<GroupTiming>;
}

const zones: [string, string] = ['local-a', 'local-b'];
const LAG_PERIOD_MS = 10_000;

/** The local fleet: two zones, a database pair, and services behind load balancers. */
export class Fleet {
  readonly services: FleetServices;
  readonly #options: FleetOptions;
  readonly #startedAt = new Date();
  readonly #journal: Journal;
  readonly #processes: ProcessRegistry;
  readonly #portal: PortalClient;
  readonly #tokens: IngestTokens;
  readonly #runningZones = new Set<string>(zones);
  readonly #lag = new MetricSeries(
    {
      seriesId: 'replication-lag',
      ...wordTexts({ label: { code: 'metric-replication-lag', values: {} } }),
      unit: 'By',
      statistic: 'maximum',
    },
    { periodMs: LAG_PERIOD_MS, keep: 2_000 },
  );
  #surroundings: ServiceSurroundings | undefined;
  #lagTimer: NodeJS.Timeout | undefined;
  #stopping: Promise<void> | undefined;

  constructor(options: FleetOptions) {
    this.#options = options;
    mkdirSync(options.directory, { recursive: true });
    // Each file with a secret has mode 0600; the folder is open because
    // PostgreSQL may run as another user.
    chmodSync(options.directory, 0o711);
    this.#journal = new Journal({
      file: join(options.directory, 'journal.jsonl'),
    });
    this.#processes = new ProcessRegistry({
      file: join(options.directory, 'processes.json'),
      graceMs: 3_000,
    });
    this.#portal = new PortalClient(options.portalUrl);
    this.#tokens = new IngestTokens(
      join(options.directory, 'tokens'),
      this.#portal,
    );
    this.services = new FleetServices({
      directory: options.directory,
      builtIn: options.services,
      otherDemos: options.otherDemos ?? [],
      tokens: this.#tokens,
      surroundings: () => this.#needSurroundings,
      log: options.log,
    });
  }

  /** Starts the database and then, in the background, the services. */
  async start(): Promise<void> {
    const { directory, portBase, log } = this.#options;
    const left = await this.#processes.endLeftovers();
    if (left.length) {
      log(`Stopped what an earlier run left behind: ${left.join(', ')}`);
    }
    await this.#processes.open();
    this.#cancelOpenActivities();
    const database = await DatabasePair.create({
      directory: join(directory, 'database'),
      zones,
      ports: new PortAllocator(portBase + 20, 10),
      journal: this.#journal,
      log,
      zoneIsRunning: zone => this.#runningZones.has(zone),
    });
    this.#surroundings = {
      directory,
      repositoryRoot: this.#options.repositoryRoot,
      balancerPorts: new PortAllocator(portBase, 20),
      instancePorts: new PortAllocator(portBase + 30, 160),
      processes: this.#processes,
      journal: this.#journal,
      database,
      databasePassword: readOrMakePassword(
        join(directory, 'database/application.password'),
      ),
      ...(this.#options.telemetry && {
        portal: {
          tokens: this.#tokens,
          otlpEndpoint: this.#portal.otlpEndpoint,
        },
      }),
      runningZones: () => [...this.#runningZones],
      log,
      timing: this.#options.timing,
    };
    log('Starting the local database');
    await database.start();
    this.#lagTimer = setInterval(async () => {
      this.#lag.add(Date.now(), await database.replicationLagBytes());
    }, LAG_PERIOD_MS);
    this.services.start();
  }

  /** Stops everything. Safe to call twice. */
  stop(cause: string): Promise<void> {
    this.#stopping ??= this.#stop(cause);
    return this.#stopping;
  }

  /** Resolves when each service is running, failed or stopped. */
  async whenSettled(): Promise<void> {
    while (this.services.areOnTheWay && !this.#stopping) await sleep(200);
  }

  async state(): Promise<FleetState> {
    return {
      startedAt: this.#startedAt.toISOString(),
      observedAt: new Date().toISOString(),
      launcherPid: process.pid,
      portalUrl: this.#options.portalUrl,
      cursor: this.#journal.position,
      zones: zones.map(name => ({
        name,
        running: this.#runningZones.has(name),
      })),
      services: this.services.all.map(service => service.describe()),
      database: this.#database.describe(),
    };
  }

  history(since?: Date): FleetHistory {
    return {
      services: Object.fromEntries(
        this.services.all.map(service => [
          service.definition.name,
          service.history(since),
        ]),
      ),
      database: {
        events: this.#journal
          .since('database', since)
          .map(record => record.event),
        metrics: [this.#lag.since(since)],
      },
    };
  }

  /** Waits for a change after a position. */
  async changes(after: number, timeoutMs: number): Promise<FleetChanges> {
    await this.#journal.waitForChange(after, timeoutMs);
    return this.#journal.changesAfter(after);
  }

  /** Kills an instance without warning; a prefix of its id is enough. */
  kill(instance: string): string {
    const found = this.services.all.flatMap(service =>
      (service.running?.group.members ?? [])
        .filter(
          member =>
            !member.process.hasExited() &&
            (member.instanceId.startsWith(instance) ||
              member.instanceId.startsWith(`local-i-${instance}`)),
        )
        .map(member => ({ service, member })),
    );
    if (!found.length) {
      throw new FleetNotFoundError(
        `No running instance named "${instance}". "npm run fleet -- status" lists them`,
      );
    }
    if (found.length > 1) {
      throw new FleetInputError(
        `"${instance}" matches ${found.length} instances; type more of the id`,
      );
    }
    const [{ service, member }] = found;
    this.#operator(
      `Instance ${member.instanceId} was killed`,
      service.definition.name,
    );
    member.process.kill();
    return member.instanceId;
  }

  async stopZone(zone: string): Promise<void> {
    this.#assertZone(zone);
    if (!this.#runningZones.delete(zone)) {
      throw new FleetConflictError(`Zone ${zone} is already stopped`);
    }
    this.#operator(`Zone ${zone} was stopped`);
    for (const service of this.services.all) {
      service.running?.group.stopZone(zone);
    }
    await this.#database.stopZone(zone);
  }

  startZone(zone: string): void {
    this.#assertZone(zone);
    if (this.#runningZones.has(zone)) {
      throw new FleetConflictError(`Zone ${zone} is already running`);
    }
    this.#runningZones.add(zone);
    this.#operator(`Zone ${zone} was started`);
    for (const service of this.services.all) {
      service.running?.group.retryLaunches();
    }
    this.#database.startZone();
  }

  /** Sets the load of one service, or of the first running one. */
  setLoad(amount: number, name?: string): LoadTarget & { service: string } {
    const service = name
      ? this.services.find(name)
      : this.services.all.find(({ running }) => running);
    if (!service?.running) {
      throw new FleetConflictError(
        name ? `${name} is not running` : 'No service is running',
      );
    }
    const { load } = service.running;
    const what = load.unit === 'visitors' ? 'visitors' : 'requests per second';
    if (!Number.isFinite(amount) || amount < 0 || amount > load.maximum) {
      throw new FleetInputError(
        `The load of ${service.definition.name} must be a number of ${what} between 0 and ${load.maximum}`,
      );
    }
    load.amount = amount;
    this.#operator(
      `The load was set to ${amount} ${what}`,
      service.definition.name,
    );
    return { service: service.definition.name, amount, unit: load.unit };
  }

  async failOverDatabase(): Promise<void> {
    if (!this.#database.standbyReady) {
      throw new FleetConflictError(
        'The standby database is not ready, so nothing can take over. "npm run fleet -- status" shows when it is ready',
      );
    }
    this.#operator('The primary database was taken down');
    await this.#database.failPrimary({
      code: 'local-reason-manual',
      values: {},
    });
  }

  async #stop(cause: string) {
    clearInterval(this.#lagTimer);
    await this.services.stopAll(cause);
    await this.#surroundings?.database
      .close()
      .catch(error => this.#options.log(String(error)));
    await this.#processes.close();
  }

  /** Activities that a killed launcher left open never end without this. */
  #cancelOpenActivities() {
    const last = new Map(
      this.#journal
        .since('activity')
        .map(record => [record.activity.activityId, record]),
    );
    for (const { service, activity } of last.values()) {
      if (activity.status !== 'in-progress') continue;
      this.#journal.append({
        kind: 'activity',
        service,
        activity: {
          ...activity,
          status: 'cancelled',
          endedAt: new Date().toISOString(),
          message: 'The local fleet stopped before this was done',
        },
      });
    }
  }

  #operator(message: string, service?: string) {
    this.#options.log(message);
    this.#journal.append({
      kind: 'operator',
      message,
      ...(service && { service }),
    });
  }

  #assertZone(zone: string) {
    if (!zones.includes(zone)) {
      throw new FleetInputError(
        `Unknown zone "${zone}". The zones are ${zones.join(' and ')}`,
      );
    }
  }

  get #needSurroundings(): ServiceSurroundings {
    if (!this.#surroundings) {
      throw new FleetConflictError('The local fleet is still starting');
    }
    return this.#surroundings;
  }

  get #database(): DatabasePair {
    return this.#needSurroundings.database;
  }
}
