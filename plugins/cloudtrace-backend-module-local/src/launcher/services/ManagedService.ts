import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import type { ScalingActivity } from '@cloudtrace/plugin-cloudtrace-common';
import type {
  LocalServiceDefinition,
  LocalServiceState,
  LocalServiceStatus,
  ServiceHistory,
} from '../../protocol/types';
import type { DatabasePair } from '../database/DatabasePair';
import { ServiceInstanceLauncher } from '../instances/ServiceInstanceLauncher';
import type { Journal } from '../journal/Journal';
import type { IngestTokens } from '../portal/IngestTokens';
import type { PortAllocator } from '../ports/PortAllocator';
import type { ProcessRegistry } from '@internal/dev-servers';
import type { GroupTiming } from '../scaling/types';
import { migrateService } from './migrateService';
import { prepareService } from './prepareService';
import { RunningService } from './RunningService';
import {
  defaultProfile,
  readServiceProfile,
  type ServiceProfile,
} from './ServiceProfile';
import {
  healthCheck,
  HEALTH_CHECK_GRACE_MS,
  scalingSettings,
} from './settings';

/** What a service needs from the fleet. */
export interface ServiceSurroundings {
  directory: string;
  /** Root of this repository, whose templates are workspaces and are built in place. */
  repositoryRoot: string;
  balancerPorts: PortAllocator;
  instancePorts: PortAllocator;
  processes: ProcessRegistry;
  journal: Journal;
  database: DatabasePair;
  /** Of the services' login to their databases. */
  databasePassword: string;
  /** Undefined: without telemetry, for tests of the fleet itself. */
  portal?: { tokens: IngestTokens; otlpEndpoint: string };
  runningZones: () => string[];
  log: (message: string) => void;
  timing?: Partial<GroupTiming>;
}

/** A service of the fleet throughout its life: prepared, started, stopped, started again. */
export class ManagedService {
  readonly definition: LocalServiceDefinition;
  readonly #fleet: ServiceSurroundings;
  #status: LocalServiceStatus = 'stopped';
  #statusMessage: string | undefined;
  #running: RunningService | undefined;
  #starting: Promise<void> = Promise.resolve();
  #abort = new AbortController();
  #port: number | undefined;
  #profile: ServiceProfile = defaultProfile;

  constructor(definition: LocalServiceDefinition, fleet: ServiceSurroundings) {
    this.definition = definition;
    this.#fleet = fleet;
  }

  get status() {
    return this.#status;
  }

  get running(): RunningService | undefined {
    return this.#running;
  }

  /** Starts the service in the background; `state` shows the progress. */
  start() {
    if (!['stopped', 'failed'].includes(this.#status)) return;
    this.#abort = new AbortController();
    const { signal } = this.#abort;
    this.#set('preparing', 'preparing it');
    this.#starting = this.#start(signal).catch(error => {
      if (signal.aborted) return;
      this.#set('failed', error.message);
    });
  }

  /** Stops everything that belongs to the service. */
  async stop(cause: string): Promise<void> {
    if (this.#status === 'stopped') return;
    this.#set('stopping', cause);
    this.#abort.abort();
    await this.#starting;
    await this.#running?.stop(cause);
    this.#running = undefined;
    this.#set('stopped', cause);
  }

  describe(): LocalServiceState {
    const running = this.#running;
    const settings = scalingSettings(this.definition, this.#profile.signal);
    return {
      definition: this.definition,
      status: this.#status,
      statusMessage: this.#statusMessage,
      url: running?.url,
      group: {
        name: `${this.definition.name} (local)`,
        capacity: running?.capacity ?? {
          min: 0,
          desired: 0,
          max: settings.max,
          inService: 0,
        },
        zones: this.#fleet.runningZones(),
        policies: settings.policies.map(policy => ({
          name: policy.name,
          kind: 'target-tracking',
          enabled: true,
          metricName: policy.metricName,
          coded: policy.coded,
          metricSeriesId: policy.metricSeriesId,
          targetValue: policy.target,
          unit: policy.unit.trim(),
          cooldownMs: settings.scaleOutCooldownMs,
        })),
        scheduledActions: [],
        suspendedProcesses: [],
        healthCheckGraceMs: HEALTH_CHECK_GRACE_MS,
      },
      instances: running?.instances ?? [],
      targets: running?.targets ?? [],
      healthCheck,
      alarms: running?.alarms ?? [],
      load: running?.figures ?? {
        requestsPerSecond: 0,
        errorsPerSecond: 0,
        outstanding: 0,
      },
      ...(running && {
        loadTarget: { amount: running.load.amount, unit: running.load.unit },
      }),
    };
  }

  history(since?: Date): ServiceHistory {
    const { journal } = this.#fleet;
    const { name } = this.definition;
    const activities = new Map<string, ScalingActivity>();
    for (const record of journal.since('activity', since)) {
      if (record.service !== name) continue;
      activities.set(record.activity.activityId, record.activity);
    }
    return {
      activities: [...activities.values()],
      alarmTransitions: journal
        .since('alarm', since)
        .filter(record => record.service === name)
        .map(record => record.transition),
      metrics: this.#running?.metricsSince(since) ?? [],
    };
  }

  async #start(signal: AbortSignal) {
    const { definition } = this;
    const fleet = this.#fleet;
    const prepared = await prepareService({
      name: definition.name,
      source: definition.directory,
      workDirectory: join(fleet.directory, 'services'),
      inPlaceBelow: join(fleet.repositoryRoot, '.local/starters'),
      signal,
      onProgress: message => this.#set('preparing', message),
    });
    const ingestToken = await fleet.portal?.tokens.obtain(definition, {
      signal,
      onWait: reason => this.#set('waiting-for-portal', reason),
    });
    signal.throwIfAborted();
    this.#set('preparing', 'migrating its database');
    const database = await migrateService({
      directory: prepared.directory,
      ownerUrl: await fleet.database.ensureDatabase(
        databaseName(definition.name),
      ),
      applicationPassword: fleet.databasePassword,
      signal,
    });
    this.#profile = readServiceProfile(prepared.directory);
    this.#port ??= await fleet.balancerPorts.next();
    const running = new RunningService({
      definition,
      profile: this.#profile,
      port: this.#port,
      journal: fleet.journal,
      runningZones: fleet.runningZones,
      timing: fleet.timing,
      onUnhealthy: message => fleet.log(`${definition.name}: ${message}`),
      launcher: new ServiceInstanceLauncher({
        ports: fleet.instancePorts,
        processes: fleet.processes,
        logDirectory: join(fleet.directory, 'logs', definition.name),
        runtime: {
          serviceName: definition.name,
          environment: definition.environment,
          directory: prepared.directory,
          database,
          ...(fleet.portal &&
            ingestToken && {
              telemetry: {
                endpoint: fleet.portal.otlpEndpoint,
                ingestToken,
              },
            }),
        },
      }),
    });
    this.#running = running;
    this.#set('starting', 'launching instances');
    await running.start();
    while (!running.ready) await sleep(200, undefined, { signal });
    running.load.start();
    this.#set('running', `${running.url}`);
  }

  #set(status: LocalServiceStatus, message: string) {
    if (this.#status === status && this.#statusMessage === message) return;
    this.#status = status;
    this.#statusMessage = message;
    this.#fleet.log(`${this.definition.name}: ${status} (${message})`);
    this.#fleet.journal.append({
      kind: 'operator',
      service: this.definition.name,
      message: `${status}: ${message}`,
    });
  }
}

/** PostgreSQL cuts names at 63 bytes; service names are shorter and contain no quotes. */
function databaseName(service: string): string {
  return service.replaceAll('-', '_');
}
