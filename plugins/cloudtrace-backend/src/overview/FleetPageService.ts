import type {
  BackstageCredentials,
  PermissionsService,
} from '@backstage/backend-plugin-api';
import {
  RELATION_OWNED_BY,
  RELATION_PART_OF,
  type Entity,
} from '@backstage/catalog-model';
import type { CatalogService } from '@backstage/plugin-catalog-node';
import { AuthorizeResult } from '@backstage/plugin-permission-common';
import {
  annotatedEnvironments,
  autoStepMs,
  DurationHistogram,
  explainActivity,
  type FleetPage,
  type FleetService,
  type HiddenPart,
} from '@cloudtrace/plugin-cloudtrace-common';
import type { Knex } from 'knex';
import { listKnownEnvironments } from '../database/operations/entities/listKnownEnvironments';
import { listFailovers } from '../database/operations/failovers/listFailovers';
import { listOngoingOf } from '../database/operations/failovers/listOngoingOf';
import { countTargets } from '../database/operations/fleet/countTargets';
import { listAllLinks } from '../database/operations/fleet/listAllLinks';
import { readCapacityNow } from '../database/operations/fleet/readCapacityNow';
import { readLastActivity } from '../database/operations/fleet/readLastActivity';
import { countRecentRequests } from '../database/operations/rollups/countRecentRequests';
import type { RequestStore } from '../requests/types';
import { partPermissions } from '../timeline/AuthorizedTimelineService';
import { judgeService } from './judgeService';

const recentMs = 15 * 60_000;
const maxServices = 5_000;
const chunkSize = 500;

/** Which services to list. */
export interface FleetPageQuery {
  environment?: string;
  from: Date;
  to: Date;
  owner?: string;
  system?: string;
  query?: string;
  cursor?: string;
  limit: number;
}

/** Counts open findings; the area of security scans brings it along. */
export interface FindingCounter {
  countOpen(
    scopes: ReadonlyArray<{ entityRef: string; environment: string }>,
  ): Promise<Map<string, { critical: number; high: number }>>;
  /** Open critical findings that the current scans of an entity brought. */
  countNewCritical(entityRef: string): Promise<number>;
}

interface Candidate {
  entityRef: string;
  entity: Entity;
  environments: string[];
  environment: string;
  parts: ReadonlySet<HiddenPart>;
}

/**
 * Lists services worst first.
 *
 * @remarks
 * The catalog is asked with the caller's credentials, and every part of a
 * service needs its own permission on it: nothing else is counted or named.
 */
export class FleetPageService {
  readonly #knex: Knex;
  readonly #catalog: CatalogService;
  readonly #permissions: PermissionsService;
  readonly #store: RequestStore;
  readonly #liveChannel: string;
  readonly #findings: FindingCounter | undefined;

  constructor(options: {
    knex: Knex;
    catalog: CatalogService;
    permissions: PermissionsService;
    store: RequestStore;
    liveChannel: string;
    findings?: FindingCounter;
  }) {
    this.#knex = options.knex;
    this.#catalog = options.catalog;
    this.#permissions = options.permissions;
    this.#store = options.store;
    this.#liveChannel = options.liveChannel;
    this.#findings = options.findings;
  }

  async list(
    query: FleetPageQuery,
    { credentials }: { credentials: BackstageCredentials },
  ): Promise<FleetPage> {
    const visible = await this.#findCandidates(credentials);
    const wanted = visible.flatMap(candidate => {
      if (query.environment) {
        if (!candidate.environments.includes(query.environment)) return [];
        candidate.environment = query.environment;
      }
      return matches(candidate, query) ? [candidate] : [];
    });
    const ranked = await this.#rank(wanted);
    const start = query.cursor
      ? ranked.findIndex(({ service }) => service.entityRef === query.cursor) +
        1
      : 0;
    const page = ranked.slice(start, start + query.limit);
    const items = await Promise.all(
      page.map(({ service, candidate }) =>
        this.#describe(service, candidate, query),
      ),
    );
    await this.#countFindings(items, page);
    const distinct = (pick: (candidate: Candidate) => string[]) =>
      [...new Set(visible.flatMap(pick))].sort();
    return {
      from: query.from.toISOString(),
      to: query.to.toISOString(),
      asOf: new Date().toISOString(),
      items,
      nextCursor:
        start + page.length < ranked.length
          ? items.at(-1)?.entityRef
          : undefined,
      total: ranked.length,
      owners: distinct(({ entity }) => targets(entity, RELATION_OWNED_BY)),
      systems: distinct(({ entity }) => systemsOf(entity)),
      environments: distinct(({ environments }) => environments),
      liveChannel: this.#liveChannel,
    };
  }

  /** Services with data or a fleet of which the caller may read any part. */
  async #findCandidates(
    credentials: BackstageCredentials,
  ): Promise<Candidate[]> {
    const known = new Map<string, Set<string>>();
    const found = await Promise.all([
      listKnownEnvironments(this.#knex),
      listAllLinks(this.#knex),
    ]);
    for (const { entityRef, environment } of found.flat()) {
      const environments = known.get(entityRef) ?? new Set();
      known.set(entityRef, environments.add(environment));
    }
    const refs = [...known.keys()].sort().slice(0, maxServices);
    const candidates: Candidate[] = [];
    for (let i = 0; i < refs.length; i += chunkSize) {
      const entityRefs = refs.slice(i, i + chunkSize);
      const [{ items }, decisions] = await Promise.all([
        this.#catalog.getEntitiesByRefs({ entityRefs }, { credentials }),
        this.#permissions.authorize(
          entityRefs.flatMap(resourceRef =>
            partPermissions.map(([, permission]) => ({
              permission,
              resourceRef,
            })),
          ),
          { credentials },
        ),
      ]);
      items.forEach((entity, j) => {
        const parts = new Set(
          partPermissions
            .map(([part]) => part)
            .filter(
              (_, k) =>
                decisions[j * partPermissions.length + k]?.result ===
                AuthorizeResult.ALLOW,
            ),
        );
        if (!entity || parts.size === 0) return;
        const entityRef = entityRefs[j];
        const withData = known.get(entityRef)!;
        const named = annotatedEnvironments(entity.metadata.annotations);
        const environments = [...new Set([...named, ...[...withData].sort()])];
        candidates.push({
          entityRef,
          entity,
          environments,
          environment:
            environments.find(name => withData.has(name)) ?? environments[0],
          parts,
        });
      });
    }
    return candidates;
  }

  async #rank(candidates: Candidate[]) {
    const refsWith = (part: HiddenPart) =>
      candidates
        .filter(({ parts }) => parts.has(part))
        .map(({ entityRef }) => entityRef);
    const fleetRefs = refsWith('fleet');
    const [recent, targetCounts, capacity, failovers] = await Promise.all([
      countRecentRequests(
        this.#knex,
        refsWith('requests'),
        new Date(Date.now() - recentMs),
      ),
      countTargets(this.#knex, fleetRefs),
      readCapacityNow(this.#knex, fleetRefs),
      listOngoingOf(this.#knex, fleetRefs),
    ]);
    const of = <T extends { entityRef: string; environment: string }>(
      rows: T[],
      candidate: Candidate,
    ) =>
      rows.filter(
        row =>
          row.entityRef === candidate.entityRef &&
          row.environment === candidate.environment,
      );
    const ranked = candidates.map(candidate => {
      const [counted] = of(recent, candidate);
      // The same instances may be in several target groups; the worst one counts.
      const [worst] = of(targetCounts, candidate).sort(
        (a, b) => a.healthy - a.total - (b.healthy - b.total),
      );
      const [size] = of(capacity, candidate);
      const { score, ...judged } = judgeService({
        recent: counted,
        targets: worst,
        atMax: (size?.atMax ?? 0) > 0,
        failovers: of(failovers, candidate).map(({ failover }) =>
          failover.summary.subject.kind === 'all-targets'
            ? 'The loss of all targets'
            : `The failover of ${failover.summary.subject.label}`,
        ),
        hasData: Boolean(counted || worst || size),
      });
      const { entity, parts } = candidate;
      const service: FleetService = {
        entityRef: candidate.entityRef,
        name: entity.metadata.name,
        title: entity.metadata.title,
        owner: targets(entity, RELATION_OWNED_BY)[0],
        system: systemsOf(entity)[0],
        environment: candidate.environment,
        environments: candidate.environments,
        ...judged,
        healthy: worst?.healthy,
        targets: worst?.total,
        desired: size?.desired,
        sparkline: [],
        hidden: partPermissions
          .map(([part]) => part)
          .filter(part => !parts.has(part)),
      };
      return { service, candidate, score };
    });
    return ranked.sort(
      (a, b) =>
        b.score - a.score ||
        (a.service.entityRef < b.service.entityRef ? -1 : 1),
    );
  }

  /** Adds the figures that only the services on the page need. */
  async #describe(
    service: FleetService,
    { entityRef, environment, parts }: Candidate,
    { from, to }: FleetPageQuery,
  ): Promise<FleetService> {
    const scope = { entityRef, environment, from, to };
    const [rollups, activity, failovers] = await Promise.all([
      parts.has('requests')
        ? this.#store.readRollups({
            ...scope,
            groupBy: 'zone',
            stepMs: autoStepMs(+to - +from),
          })
        : undefined,
      parts.has('fleet') ? readLastActivity(this.#knex, scope) : undefined,
      parts.has('fleet') ? listFailovers(this.#knex, scope) : [],
    ]);
    const last = failovers[0]?.summary;
    return {
      ...service,
      ...(rollups && describeRequests(rollups, from, to)),
      lastScaling: activity && {
        at: new Date(activity.startedAt).toISOString(),
        text: explainActivity(activity),
        failed: activity.status === 'failed' || undefined,
      },
      lastFailover: last && {
        at: last.startedAt,
        text: `${last.subject.kind.replace('-', ' ')} ${last.subject.label}`,
        failed: last.ongoing || undefined,
      },
    };
  }

  async #countFindings(
    items: FleetService[],
    page: Array<{ candidate: Candidate }>,
  ) {
    const scopes = page
      .map(({ candidate }) => candidate)
      .filter(({ parts }) => parts.has('security'));
    const counts = await this.#findings?.countOpen(scopes);
    for (const item of items) {
      item.openFindings = counts?.get(item.entityRef);
    }
  }
}

function describeRequests(
  { rows, stepMs }: Awaited<ReturnType<RequestStore['readRollups']>>,
  from: Date,
  to: Date,
): Partial<FleetService> {
  const durations = new DurationHistogram();
  const perStep = new Map<number, number>();
  let requests = 0;
  let errors = 0;
  for (const row of rows) {
    durations.addEncoded(row.histogram);
    requests += row.requests;
    errors += row.errors;
    const t = +row.bucket;
    perStep.set(t, (perStep.get(t) ?? 0) + row.requests);
  }
  const seconds = (Math.min(+to, Date.now()) - +from) / 1000;
  const p95Us = durations.percentileUs(0.95);
  return {
    requestsPerSecond: seconds > 0 ? requests / seconds : 0,
    errorRate: requests > 0 ? errors / requests : undefined,
    p95Ms: p95Us === undefined ? undefined : p95Us / 1000,
    sparkline: [...perStep]
      .sort(([a], [b]) => a - b)
      .map(([t, count]) => ({
        t: new Date(t).toISOString(),
        value: count / (stepMs / 1000),
      })),
  };
}

function matches(
  { entity }: Candidate,
  { owner, system, query }: FleetPageQuery,
): boolean {
  const text = `${entity.metadata.name} ${entity.metadata.title ?? ''}`;
  const lower = (value: string) => value.toLocaleLowerCase('en-US');
  return (
    (!owner || targets(entity, RELATION_OWNED_BY).includes(lower(owner))) &&
    (!system || systemsOf(entity).includes(lower(system))) &&
    (!query || lower(text).includes(lower(query)))
  );
}

function targets(entity: Entity, type: string): string[] {
  return (entity.relations ?? [])
    .filter(relation => relation.type === type)
    .map(({ targetRef }) => targetRef);
}

function systemsOf(entity: Entity): string[] {
  return targets(entity, RELATION_PART_OF).filter(ref =>
    ref.startsWith('system:'),
  );
}
