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
  groupBy,
  annotatedEnvironments,
  autoStepMs,
  explainActivity,
  requestRate,
  wantedTargets,
  type FleetPage,
  type FleetService,
  type HiddenPart,
} from '@cloudtrace/plugin-cloudtrace-common';
import type { Knex } from 'knex';
import { listKnownEnvironments } from '../database/entities/listKnownEnvironments';
import { listFailovers } from '../failover/database/listFailovers';
import { listAllLinks } from '../fleet/database/listAllLinks';
import { readLastActivity } from '../fleet/database/readLastActivity';
import { readFirstSeenOf } from '../requests/database/readFirstSeenOf';
import {
  activeTimeOf,
  totalsOf,
  type FirstSeen,
} from '../requests/requestFigures';
import { byBucket } from '../requests/rollupRows';
import { tally } from '../requests/Tally';
import type { RequestStore, RollupResult } from '../requests/types';
import { partPermissions } from '../permissions/partPermissions';
import type { ServiceJudge } from './ServiceJudge';
import { toApiJudgement } from '../http/toApiJudgement';

const MAX_SERVICES = 5_000;
const CHUNK_SIZE = 500;

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
  readonly #judge: ServiceJudge;

  constructor(options: {
    knex: Knex;
    catalog: CatalogService;
    permissions: PermissionsService;
    store: RequestStore;
    liveChannel: string;
    judge: ServiceJudge;
  }) {
    this.#knex = options.knex;
    this.#catalog = options.catalog;
    this.#permissions = options.permissions;
    this.#store = options.store;
    this.#liveChannel = options.liveChannel;
    this.#judge = options.judge;
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
    const firstSeen = await this.#readFirstSeen(
      page.map(({ candidate }) => candidate),
    );
    const items = await Promise.all(
      page.map(({ service, candidate }, i) =>
        this.#describe(service, candidate, query, firstSeen[i]),
      ),
    );
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
    const refs = [...known.keys()].sort().slice(0, MAX_SERVICES);
    const candidates: Candidate[] = [];
    for (let i = 0; i < refs.length; i += CHUNK_SIZE) {
      const entityRefs = refs.slice(i, i + CHUNK_SIZE);
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
    const judged = await this.#judge.judge(candidates);
    const ranked = candidates.map((candidate, i) => {
      const { severity, reasons, score, state } = judged[i];
      const { entity, parts } = candidate;
      const { targets: group, openFindings } = state;
      const service: FleetService = {
        entityRef: candidate.entityRef,
        name: entity.metadata.name,
        title: entity.metadata.title,
        owner: targets(entity, RELATION_OWNED_BY)[0],
        system: systemsOf(entity)[0],
        environment: candidate.environment,
        environments: candidate.environments,
        severity,
        reasons: reasons.map(toApiJudgement),
        healthy: group?.counts.healthy,
        targets: group?.counts.total,
        desired: group?.desired,
        wanted: group && wantedTargets(group.counts, group.desired),
        openFindings,
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
    firstSeen: FirstSeen,
  ): Promise<FleetService> {
    const scope = { entityRef, environment, from, to };
    const [rollups, activity, failovers] = await Promise.all([
      parts.has('requests')
        ? this.#store.readRollups({
            ...scope,
            groupBy: 'instance',
            stepMs: autoStepMs(to.getTime() - from.getTime()),
          })
        : undefined,
      parts.has('fleet') ? readLastActivity(this.#knex, scope) : undefined,
      parts.has('fleet') ? listFailovers(this.#knex, scope) : [],
    ]);
    const last = failovers[0]?.summary;
    return {
      ...service,
      ...(rollups && describeRequests(rollups, firstSeen, new Date())),
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

  /** When the first request of each instance arrived, one map for each candidate. */
  async #readFirstSeen(
    candidates: readonly Candidate[],
  ): Promise<Array<Map<string, Date>>> {
    const rows = await readFirstSeenOf(
      this.#knex,
      candidates
        .filter(({ parts }) => parts.has('requests'))
        .map(({ entityRef }) => entityRef),
    );
    const byEntity = groupBy(rows, row => row.entityRef);
    return candidates.map(
      ({ entityRef, environment }) =>
        new Map(
          (byEntity.get(entityRef) ?? [])
            .filter(row => row.environment === environment)
            .map(row => [row.instanceKey, row.firstSeenAt]),
        ),
    );
  }
}

function describeRequests(
  current: RollupResult,
  firstSeen: FirstSeen,
  now: Date,
): Partial<FleetService> {
  const { durationMs } = activeTimeOf(current, firstSeen, now);
  const { requestsPerSecond, errorRate, latencyMs } = totalsOf(
    tally(current.rows),
    durationMs,
  );
  return {
    requestsPerSecond,
    errorRate,
    p95Ms: latencyMs.p95,
    sparkline: [...byBucket(current.rows)]
      .sort(([a], [b]) => a - b)
      .map(([t, rows]) => ({
        t: new Date(t).toISOString(),
        value: requestRate(
          rows.reduce((sum, { requests }) => sum + requests, 0),
          current.stepMs,
        ),
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
