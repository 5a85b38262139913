import { setMaxListeners } from 'node:events';
import type { LoggerService } from '@backstage/backend-plugin-api';
import type { AwsCredentialsManager } from '@backstage/integration-aws-node';
import {
  wordTexts,
  type CodedMessage,
  type FleetProblem,
  type Wording,
} from '@cloudtrace/plugin-cloudtrace-common';
import type {
  FleetScopeWithEntity,
  ScanPullOptions,
  ScanPullResult,
  ScanSource,
} from '@cloudtrace/plugin-cloudtrace-node';
import { AwsAccount } from '../client/AwsAccount';
import { AwsCallError } from '../client/AwsCallError';
import type { AwsRegionApi } from '../client/AwsRegion';
import { RegionMemory } from '../region/RegionMemory';
import type { AwsConfig } from '../config/types';
import { locateScopes, type LocatedRegion } from '../locate/locateScopes';
import type { FindingsReading, FindingsService } from './FindingsService';
import { inspector } from './inspector';
import { linkedResources } from './linkedResources';
import { TruncatedListError } from './listAll';
import { securityHub } from './securityHub';

/** There are many more findings than resources. */
const PAGES_FACTOR = 10;

/** Pulls findings about the resources that entities may show. */
export class AwsFindingsSource implements ScanSource {
  readonly id = 'aws-findings';
  readonly title = 'AWS security findings';
  readonly schedule: ScanSource['schedule'];
  readonly #config: AwsConfig;
  readonly #regions: LocatedRegion[];
  readonly #services: FindingsService[];
  readonly #now: () => Date;

  constructor(options: {
    config: AwsConfig;
    credentials: AwsCredentialsManager;
    logger: LoggerService;
    now?: () => Date;
  }) {
    const { config, credentials, logger } = options;
    this.#config = config;
    this.#now = options.now ?? (() => new Date());
    this.schedule = {
      frequency: { milliseconds: config.findings.intervalMs },
      timeout: { minutes: 30 },
      initialDelay: { minutes: 3 },
    };
    this.#services = [
      ...(config.findings.securityHub ? [securityHub] : []),
      ...(config.findings.inspector ? [inspector] : []),
    ];
    this.#regions = config.accounts
      .flatMap(
        account => new AwsAccount(config, account, credentials, logger).regions,
      )
      .map(region => ({ region, memory: new RegionMemory() }));
  }

  async pull(
    scopes: FleetScopeWithEntity[],
    options: ScanPullOptions,
  ): Promise<ScanPullResult> {
    // Each call in flight adds a listener.
    setMaxListeners(0, options.signal);
    const { signal } = options;
    const { locations, inventories } = await locateScopes({
      regions: this.#regions,
      config: this.#config,
      scopes,
      signal,
      now: this.#now(),
    });
    const unread: ScanPullResult['unread'] = [];
    for (const [i, { region }] of this.#regions.entries()) {
      const [problem] = inventories[i].problems;
      const { partition } = this.#config;
      const linked = linkedResources(locations, inventories[i], partition);
      for (const service of this.#services) {
        const target = `${service.id}:${region.key}`;
        if (problem) {
          unread.push({ target, error: explain(problem) });
        } else {
          await this.#pullService({
            service,
            target,
            category: region.key,
            idsByEntity: idsByEntity(service, linked),
            api: region.withSignal(signal),
            options,
          });
        }
      }
    }
    return { unread };
  }

  async #pullService(pull: ServicePull): Promise<void> {
    const { service, target, category, idsByEntity: byEntity } = pull;
    const ids = [...new Set([...byEntity.values()].flatMap(set => [...set]))];
    if (ids.length === 0) return;
    const maxPages = PAGES_FACTOR * this.#config.limits.maxPages;
    let reading: FindingsReading;
    try {
      reading = await service.read(pull.api, ids, maxPages);
    } catch (thrown) {
      const error = explain(problemOf(thrown, service));
      for (const entityRef of byEntity.keys()) {
        await pull.options.onFailure({ entityRef, target, error });
      }
      return;
    }
    for (const [entityRef, own] of byEntity) {
      await pull.options.onScan({
        entityRef,
        target,
        format: service.format,
        category,
        document: service.documentOf(narrow(reading, own)),
        incomplete: describeUnchecked(service, reading, own),
      });
    }
  }
}

interface ServicePull {
  service: FindingsService;
  target: string;
  category: string;
  idsByEntity: ReadonlyMap<string, ReadonlySet<string>>;
  api: AwsRegionApi;
  options: ScanPullOptions;
}

function idsByEntity(
  service: FindingsService,
  linked: ReturnType<typeof linkedResources>,
): Map<string, Set<string>> {
  return new Map(
    [...linked]
      .map(
        ([ref, resources]) => [ref, new Set(service.idsOf(resources))] as const,
      )
      .filter(([, ids]) => ids.size > 0),
  );
}

/** The findings about an entity's own resources; drops everything else that AWS returned. */
function narrow(
  { findings }: FindingsReading,
  own: ReadonlySet<string>,
): object[] {
  const isOwn = (id: string) => own.has(id);
  return findings
    .filter(({ resourceIds }) => resourceIds.some(isOwn))
    .map(finding => finding.narrowTo(isOwn));
}

function describeUnchecked(
  { title }: FindingsService,
  { unchecked }: FindingsReading,
  own: ReadonlySet<string>,
): CodedMessage | undefined {
  const count = [...own].filter(id => unchecked.has(id)).length;
  return count > 0
    ? {
        code: 'aws-instances-not-scanned',
        values: { service: title, unchecked: count, total: own.size },
      }
    : undefined;
}

function problemOf(thrown: unknown, service: FindingsService): FleetProblem {
  const isKnown =
    thrown instanceof AwsCallError || thrown instanceof TruncatedListError;
  if (!isKnown) throw thrown;
  const problem = thrown.toProblem();
  const code = service.nextSteps[problem.code];
  return code
    ? { ...problem, ...wordTexts({ nextStep: { code, values: {} } }) }
    : problem;
}

/** The problem with its next step. */
function explain(problem: FleetProblem): Wording {
  const first = problem.coded?.message ?? problem.message;
  const second = problem.coded?.nextStep ?? problem.nextStep;
  return second ? { code: 'sentences', values: { first, second } } : first;
}
