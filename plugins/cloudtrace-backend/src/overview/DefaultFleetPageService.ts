import {
  autoStepMs,
  describeActivity,
  failoverTitle,
  groupBy,
  requestRate,
  wantedTargets,
  wordTexts,
  worstTargetGroup,
  type FleetPage,
  type FleetService,
} from '@cloudtrace/plugin-cloudtrace-common';
import type { Knex } from 'knex';
import { listFailovers } from '../failover/database/listFailovers';
import { readLastActivity } from '../fleet/database/readLastActivity';
import { isOutage } from '../database/isOutage';
import { decodeCursor, encodeCursor } from '../http/cursor';
import { toApiJudgement } from '../http/toApiJudgement';
import { readFirstSeenOf } from '../requests/database/readFirstSeenOf';
import { activeTimeOf, totalsOf } from '../requests/requestFigures';
import { byBucket } from '../requests/rollupRows';
import { tally } from '../requests/Tally';
import type {
  RequestStore,
  RollupQuery,
  RollupResult,
} from '../requests/types';
import {
  countAllNow,
  type RecentRequestCounter,
} from '../rollups/recent/RecentRequestCounter';
import { CandidateFinder, type Candidate } from './CandidateFinder';
import { ownersOf, systemsOf } from './entityRelations';
import type {
  FindVisible,
  FleetPageQuery,
  FleetPageService,
} from './FleetPageService';
import type { JudgedService, ServiceJudge } from './ServiceJudge';

/** A position in the ranking that stays valid when services move. */
interface Position {
  score: number;
  entityRef: string;
}

interface RankedService extends Position {
  service: FleetService;
  candidate: Candidate;
}

/**
 * Lists services worst first. Services that the caller may not see are neither
 * counted nor named.
 */
export class DefaultFleetPageService implements FleetPageService {
  readonly #knex: Knex;
  readonly #store: RequestStore;
  readonly #liveChannel: string;
  readonly #judge: ServiceJudge;
  readonly #candidates: CandidateFinder;

  constructor(options: {
    knex: Knex;
    store: RequestStore;
    liveChannel: string;
    judge: ServiceJudge;
    /** By default for one server that stores all entities. */
    recent?: RecentRequestCounter;
    /** Maximum number of services to judge and rank for one response. */
    maxServices?: number;
  }) {
    this.#knex = options.knex;
    this.#store = options.store;
    this.#liveChannel = options.liveChannel;
    this.#judge = options.judge;
    this.#candidates = new CandidateFinder({
      knex: options.knex,
      recent: options.recent ?? countAllNow(options.knex),
      maxServices: options.maxServices ?? 5_000,
    });
  }

  async list(
    query: FleetPageQuery,
    { findVisible }: { findVisible: FindVisible },
  ): Promise<FleetPage> {
    const after = query.cursor ? parseCursor(query.cursor) : undefined;
    const { visible, wanted, truncated } = await this.#candidates.find(
      query,
      findVisible,
    );
    const { ranked, asOf } = await this.#rank(wanted);
    const rest = after
      ? ranked.filter(each => byUrgency(after, each) < 0)
      : ranked;
    const page = rest.slice(0, query.limit);
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
    const last = page.at(-1);
    return {
      from: query.from.toISOString(),
      to: query.to.toISOString(),
      asOf: asOf.toISOString(),
      items,
      nextCursor:
        last && page.length < rest.length
          ? encodeCursor([String(last.score), last.entityRef])
          : undefined,
      total: ranked.length,
      truncated,
      owners: distinct(({ entity }) => ownersOf(entity)),
      systems: distinct(({ entity }) => systemsOf(entity)),
      environments: distinct(({ environments }) => environments),
      liveChannel: this.#liveChannel,
    };
  }

  async #rank(
    candidates: Candidate[],
  ): Promise<{ ranked: RankedService[]; asOf: Date }> {
    const { judged, asOf } = await this.#judge.judge(candidates);
    const ranked = candidates
      .map((candidate, i) => ({
        service: toService(candidate, judged[i]),
        candidate,
        score: judged[i].score,
        entityRef: candidate.entityRef,
      }))
      .sort(byUrgency);
    return { ranked, asOf };
  }

  /** Adds figures that only the services on this page need. */
  async #describe(
    service: FleetService,
    { entityRef, environment, parts }: Candidate,
    { from, to }: FleetPageQuery,
    firstSeenAt: Date | undefined,
  ): Promise<FleetService> {
    const scope = { entityRef, environment, from, to };
    const [rollups, activity, failovers] = await Promise.all([
      parts.has('requests') ? this.#readRollups(scope) : undefined,
      parts.has('fleet') ? readLastActivity(this.#knex, scope) : undefined,
      parts.has('fleet') ? listFailovers(this.#knex, scope) : [],
    ]);
    const last = failovers[0]?.summary;
    return {
      ...service,
      ...(rollups && describeRequests(rollups, firstSeenAt, new Date())),
      lastScaling: activity && {
        at: new Date(activity.startedAt).toISOString(),
        ...wordTexts({ text: describeActivity(activity) }),
        failed: activity.status === 'failed' || undefined,
      },
      lastFailover: last && {
        at: last.startedAt,
        ...wordTexts({ text: failoverTitle(last.subject) }),
        failed: last.ongoing || undefined,
      },
    };
  }

  /** Returns nothing if the server of the entity does not respond; a reason of the service says so. */
  async #readRollups(
    scope: Pick<RollupQuery, 'entityRef' | 'environment' | 'from' | 'to'>,
  ): Promise<RollupResult | undefined> {
    try {
      return await this.#store.readRollups({
        ...scope,
        groupBy: 'instance',
        stepMs: autoStepMs(scope.to.getTime() - scope.from.getTime()),
      });
    } catch (error) {
      if (!isOutage(error as Error)) throw error;
      return undefined;
    }
  }

  /** When the first request of the environment of each candidate arrived. */
  async #readFirstSeen(
    candidates: readonly Candidate[],
  ): Promise<Array<Date | undefined>> {
    const rows = await readFirstSeenOf(
      this.#knex,
      candidates
        .filter(({ parts }) => parts.has('requests'))
        .map(({ entityRef }) => entityRef),
    );
    const byEntity = groupBy(rows, row => row.entityRef);
    return candidates.map(
      ({ entityRef, environment }) =>
        byEntity.get(entityRef)?.find(row => row.environment === environment)
          ?.firstSeenAt,
    );
  }
}

function describeRequests(
  current: RollupResult,
  firstSeenAt: Date | undefined,
  now: Date,
): Partial<FleetService> {
  // Of all instances the earliest, which is all that the active time needs.
  const firstSeen = new Map(
    firstSeenAt ? current.rows.map(({ key }) => [key, firstSeenAt]) : [],
  );
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

function byUrgency(a: Position, b: Position): number {
  return b.score - a.score || compareText(a.entityRef, b.entityRef);
}

function compareText(a: string, b: string): number {
  if (a === b) return 0;
  return a < b ? -1 : 1;
}

function parseCursor(cursor: string): Position {
  return decodeCursor(cursor, (text, entityRef) => {
    const score = Number(text || NaN);
    return Number.isFinite(score) ? { score, entityRef } : undefined;
  });
}

/** Data that the ranking has already loaded. */
function toService(
  { entityRef, entity, environment, environments, hidden }: Candidate,
  { severity, reasons, state }: JudgedService,
): FleetService {
  const { targetGroups = [], openFindings } = state;
  const worst = worstTargetGroup(targetGroups);
  return {
    entityRef,
    name: entity.metadata.name,
    title: entity.metadata.title,
    owner: ownersOf(entity)[0],
    system: systemsOf(entity)[0],
    environment,
    environments,
    severity,
    reasons: reasons.map(toApiJudgement),
    healthy: worst?.counts.healthy,
    targets: worst?.counts.total,
    desired: worst?.desired,
    wanted: worst && wantedTargets(worst.counts, worst.desired),
    openFindings,
    sparkline: [],
    hidden,
  };
}
