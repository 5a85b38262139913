import { setMaxListeners } from 'node:events';
import type { LoggerService } from '@backstage/backend-plugin-api';
import type { AwsCredentialsManager } from '@backstage/integration-aws-node';
import {
  groupBy,
  wordTexts,
  type FleetProblem,
  type FleetReport,
  type FleetResource,
} from '@cloudtrace/plugin-cloudtrace-common';
import type {
  FleetCallOptions,
  FleetChange,
  FleetLocateResult,
  FleetProvider,
  FleetScopeWithEntity,
} from '@cloudtrace/plugin-cloudtrace-node';
import { AwsAccount } from './client/AwsAccount';
import { collectRegion } from './collect/collectRegion';
import { RegionMemory } from './region/RegionMemory';
import { ReportSet } from './region/ReportSet';
import type { AwsConfig } from './config/types';
import { subjectOfEvent } from './events/resourcesOfEvent';
import { locateScopes, type LocatedRegion } from './locate/locateScopes';
import type { AwsInventory } from './region/AwsInventory';

/** The share of a cycle's time that finding resources may use. */
const LOCATE_SHARE = 0.4;

/** Reads fleets from AWS. */
export class AwsFleetProvider implements FleetProvider {
  readonly id = 'aws';
  readonly title = 'AWS';
  readonly readIntervalsMs: FleetProvider['readIntervalsMs'];
  readonly #config: AwsConfig;
  readonly #logger: LoggerService;
  readonly #now: () => Date;
  readonly #regions: Map<string, LocatedRegion>;
  readonly #collected = new Map<string, FleetResource>();
  #onChange?: (change: FleetChange) => void;

  constructor(options: {
    config: AwsConfig;
    credentials: AwsCredentialsManager;
    logger: LoggerService;
    now?: () => Date;
  }) {
    const { config, credentials, logger } = options;
    this.#config = config;
    this.#logger = logger;
    this.#now = options.now ?? (() => new Date());
    const { settingsIntervalMs } = config.limits;
    this.readIntervalsMs = {
      'health-check': settingsIntervalMs,
      policies: settingsIntervalMs,
      schedules: settingsIntervalMs,
      // Reads the tasks of ECS services again when their service changed.
      instances: settingsIntervalMs,
      metrics: config.metrics.intervalMs,
    };
    const regions = config.accounts.flatMap(
      account => new AwsAccount(config, account, credentials, logger).regions,
    );
    this.#regions = new Map(
      regions.map(region => [
        region.key,
        { region, memory: new RegionMemory() },
      ]),
    );
  }

  async locate(
    scopes: FleetScopeWithEntity[],
    options: FleetCallOptions,
  ): Promise<FleetLocateResult> {
    if (scopes.length === 0) return { locations: [], problems: [] };
    const signal = this.#bound(options.signal, LOCATE_SHARE);
    const { locations, problems, inventories } = await locateScopes({
      regions: [...this.#regions.values()],
      config: this.#config,
      scopes,
      signal,
      now: this.#now(),
    });
    return {
      locations,
      problems: [...problems, ...providerProblems(inventories)],
    };
  }

  async collect(
    resources: FleetResource[],
    options: FleetCallOptions & {
      since(resource: FleetResource): Date | undefined;
    },
  ): Promise<FleetReport[]> {
    const signal = this.#bound(options.signal, 1 - LOCATE_SHARE);
    const byRegion = groupBy(resources, r => `${r.account}/${r.region}`);
    const reports = await Promise.all(
      [...byRegion].map(([key, group]) =>
        this.#collectRegion(key, group, signal, options.since),
      ),
    );
    return reports.flat();
  }

  subscribe(onChange: (change: FleetChange) => void): void {
    this.#onChange = onChange;
  }

  /** Receives an EventBridge event and requests a refresh of the resources that it names. */
  handleEvent(payload: unknown): void {
    const subject = subjectOfEvent(payload);
    const entry =
      subject && this.#regions.get(`${subject.accountId}/${subject.region}`);
    if (!subject || !entry) return;
    const { memory } = entry;
    const resourceIds = new Set<string>();
    for (const id of subject.ids) {
      if (this.#collected.has(id)) resourceIds.add(id);
      const owner = memory.ownerOf.get(id);
      if (owner && this.#collected.has(owner)) resourceIds.add(owner);
    }
    if (subject.ecsService) {
      for (const resource of this.#collected.values()) {
        if (
          resource.type === 'ecs-service' &&
          resource.name === subject.ecsService &&
          resource.account === subject.accountId &&
          resource.region === subject.region
        ) {
          resourceIds.add(resource.id);
        }
      }
    }
    if (resourceIds.size === 0) return;
    // A change behind a group or service also changes its target groups.
    for (const id of [...resourceIds]) {
      memory
        .targetGroupsOf(id)
        .filter(arn => this.#collected.has(arn))
        .forEach(arn => resourceIds.add(arn));
    }
    resourceIds.forEach(id => memory.hinted.add(id));
    this.#onChange?.({ resourceIds: [...resourceIds] });
  }

  async #collectRegion(
    key: string,
    resources: FleetResource[],
    signal: AbortSignal,
    since: (resource: FleetResource) => Date | undefined,
  ): Promise<FleetReport[]> {
    const now = this.#now();
    const reports = new ReportSet(resources, now.toISOString());
    const entry = this.#regions.get(key);
    if (!entry) {
      reports.problem(
        resources.map(r => r.id),
        {
          code: 'account-not-configured',
          ...wordTexts({
            message: { code: 'aws-account-not-configured', values: {} },
            nextStep: { code: 'aws-account-not-configured-next', values: {} },
          }),
        },
      );
      return reports.all();
    }
    const { region, memory } = entry;
    resources.forEach(resource => this.#collected.set(resource.id, resource));
    const hinted = new Set(
      resources.map(r => r.id).filter(id => memory.hinted.delete(id)),
    );
    try {
      return await collectRegion({
        api: region.withSignal(signal),
        config: this.#config,
        memory,
        reports,
        resources,
        now,
        since,
        isHinted: id => hinted.has(id),
      });
    } catch (error) {
      // A bug in one region's mapping must not cost the other regions their data.
      this.#logger.error(`Collecting ${key} failed`, error as Error);
      reports.problem(
        resources.map(r => r.id),
        {
          code: 'invalid-response',
          ...wordTexts({
            message: { code: 'aws-unreadable', values: { region: key } },
            nextStep: { code: 'aws-unreadable-next', values: {} },
          }),
        },
      );
      return reports.all();
    }
  }

  #bound(signal: AbortSignal, share: number): AbortSignal {
    const bounded = AbortSignal.any([
      signal,
      AbortSignal.timeout(
        Math.round(share * this.#config.limits.cycleTimeoutMs),
      ),
    ]);
    // Each call in flight adds a listener.
    setMaxListeners(0, bounded);
    return bounded;
  }
}

function providerProblems(inventories: AwsInventory[]): FleetProblem[] {
  const seen = new Set<string>();
  return inventories
    .flatMap(inventory => inventory.problems)
    .filter(problem => {
      const isNew = !seen.has(problem.message);
      seen.add(problem.message);
      return isNew;
    });
}
