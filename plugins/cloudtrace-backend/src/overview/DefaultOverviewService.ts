import {
  countTargetStates,
  errorRateOf,
  isInformation,
  requestRate,
  worstTargetGroup,
  type Health,
  type HealthGroup,
  type HiddenPart,
  type KeyFigure,
  type LoadDistribution,
  type Overview,
  type Scaling,
  type ServiceState,
  type TimelineEvent,
} from '@cloudtrace/plugin-cloudtrace-common';
import type { EnvironmentResolver } from '../environments/EnvironmentResolver';
import type { FleetStateService } from '../fleet/FleetStateService';
import type { FindingCounter } from '../scans/FindingCounter';
import type { CallOptions, RangeQuery } from '../http/types';
import type { RequestService } from '../requests/RequestService';
import type { ServiceJudge } from './ServiceJudge';
import { toApiJudgement } from '../http/toApiJudgement';
import { readTimeline } from '../timeline/readTimeline';
import type { TimelineSource } from '../timeline/types';
import { findInsights } from './insights/findInsights';
import { insightKinds } from './insights/jumpInsights';
import type { OverviewService } from './types';
import { unreadPart } from './unreadPart';

/** Builds the overview from the responses of the other views. */
export class DefaultOverviewService implements OverviewService {
  readonly #environments: EnvironmentResolver;
  readonly #sources: readonly TimelineSource[];
  readonly #requests: RequestService;
  readonly #fleet: FleetStateService;
  readonly #judge: ServiceJudge;
  readonly #findings: FindingCounter | undefined;

  /** These services check permissions; the parts decide which of them to query. */
  constructor(options: {
    environments: EnvironmentResolver;
    sources: readonly TimelineSource[];
    requests: RequestService;
    fleet: FleetStateService;
    judge: ServiceJudge;
    findings?: FindingCounter;
  }) {
    this.#environments = options.environments;
    this.#sources = options.sources;
    this.#requests = options.requests;
    this.#fleet = options.fleet;
    this.#judge = options.judge;
    this.#findings = options.findings;
  }

  async getOverview(
    asked: RangeQuery,
    options: CallOptions & { parts: ReadonlySet<HiddenPart> },
  ): Promise<Omit<Overview, 'hidden'>> {
    const { parts } = options;
    const environment = await this.#environments.resolve(
      asked.entityRef,
      asked.environment,
      options.credentials,
    );
    const query = { ...asked, environment };
    const events = await readTimeline(
      this.#sources,
      { ...query, kinds: insightKinds },
      parts,
    );
    const [load, health, scaling] = await Promise.all([
      parts.has('requests')
        ? this.#requests.getLoadDistribution(
            { ...query, groupBy: 'instance', limit: 100 },
            options,
          )
        : undefined,
      parts.has('fleet') ? this.#fleet.getHealth(query, options) : undefined,
      parts.has('fleet') ? this.#fleet.getScaling(query, options) : undefined,
    ]);
    const judged = await this.#judge.judgeOne(
      { ...query, parts },
      fleetState(health, scaling),
    );
    const newCritical = judged.state.openFindings?.critical
      ? await this.#findings?.countNewCritical(query.entityRef)
      : undefined;
    return {
      from: query.from.toISOString(),
      to: query.to.toISOString(),
      environment: query.environment,
      asOf: newest(load?.asOf, health?.asOf),
      figures: [
        ...(load ? loadFigures(load) : []),
        ...(health ? [healthyFigure(health)] : []),
      ],
      status: {
        severity: judged.severity,
        reasons: judged.reasons.map(toApiJudgement),
      },
      instances:
        health?.availability === 'data' ? instancesOf(health) : undefined,
      balance: load?.balance.verdict,
      insights: findInsights({
        load,
        health,
        scaling,
        events,
        openFindings: judged.state.openFindings,
      }),
      badges: {
        ...badges(health, scaling, events),
        newCriticalFindings: newCritical || undefined,
      },
    };
  }
}

function loadFigures(load: LoadDistribution): KeyFigure[] {
  const { totals, previous, series, stepMs } = load;
  const unknown = stepsBefore(load).map(t => ({ t }));
  const points = (pick: (p: (typeof series)[number]) => number | undefined) => [
    ...unknown,
    ...series.map(point => ({ t: point.t, value: pick(point) })),
  ];
  const before = previous?.totals;
  return [
    {
      id: 'requestsPerSecond',
      unit: '1/s',
      value: series.length > 0 ? totals.requestsPerSecond : undefined,
      previous: before?.requestsPerSecond,
      series: points(({ requests }) => requestRate(requests, stepMs)),
    },
    {
      id: 'errorRate',
      unit: '1',
      value: totals.errorRate,
      previous: before?.errorRate,
      series: points(errorRateOf),
    },
    {
      id: 'p95Ms',
      unit: 'ms',
      value: totals.latencyMs.p95,
      previous: before?.latencyMs.p95,
      series: points(({ p95Ms }) => p95Ms),
    },
  ];
}

/** Steps of the range before the first request ever, which have no points. */
function stepsBefore({ from, stepMs, series }: LoadDistribution): string[] {
  const steps: string[] = [];
  const end = series.length > 0 ? Date.parse(series[0].t) : 0;
  for (let t = Date.parse(from); t < end; t += stepMs) {
    steps.push(new Date(t).toISOString());
  }
  return steps;
}

function healthyFigure({ groups }: Health): KeyFigure {
  const worst = worstTargetGroup(
    groups.map(group => ({
      ...group,
      counts: countsOf(group),
      unreadMs: unreadMs(group),
    })),
  );
  return {
    id: 'healthy',
    unit: '1',
    value: worst?.healthy,
    of: worst?.wanted,
    series: (worst?.series ?? []).map(({ t, healthy }) => ({
      t,
      value: healthy,
    })),
  };
}

/** Fleet data for the verdict, from the responses already loaded. */
function fleetState(
  health: Health | undefined,
  scaling: Scaling | undefined,
): Pick<ServiceState, 'targetGroups' | 'groupsAtMax'> {
  const readGroups = (scaling?.groups ?? []).filter(
    ({ resource }) =>
      !unreadPart(resource, 'capacity') && !unreadPart(resource, 'limits'),
  );
  return {
    targetGroups: health?.groups.map(group => ({
      name: group.resource.name,
      counts: countsOf(group),
      unreadMs: unreadMs(group),
      desired: group.desired,
      zones: group.zones.map(({ zone, lostAt }) => ({
        zone,
        lostAt,
        counts: countTargetStates(
          group.targets
            .filter(each => each.present && (each.zone ?? '') === zone)
            .map(({ state }) => state),
        ),
      })),
    })),
    groupsAtMax: readGroups.length
      ? readGroups.flatMap(({ resource, limit, capacity: { max } }) =>
          limit === 'at-max' && max !== undefined
            ? [{ group: resource.name, max }]
            : [],
        )
      : undefined,
  };
}

function unreadMs({ resource }: HealthGroup): number | undefined {
  return unreadPart(resource, 'targets')?.ageMs;
}

function countsOf({ targets }: HealthGroup) {
  return countTargetStates(
    targets.filter(({ present }) => present).map(({ state }) => state),
  );
}

/** Instances currently registered with the load balancer, and their zones. */
function instancesOf({ groups }: Health): Overview['instances'] {
  const read = groups.filter(group => unreadMs(group) === undefined);
  if (groups.length > 0 && read.length === 0) return undefined;
  const present = read.flatMap(({ targets }) =>
    targets.filter(target => target.present),
  );
  const distinct = (keys: Array<string | undefined>) =>
    new Set(keys.filter(Boolean)).size;
  return {
    total: distinct(
      present.map(({ instanceId, targetId }) => instanceId ?? targetId),
    ),
    zones: distinct(present.map(({ zone }) => zone)),
  };
}

function badges(
  health: Health | undefined,
  scaling: Scaling | undefined,
  events: readonly TimelineEvent[],
): Overview['badges'] {
  const unhealthy = health?.groups
    .filter(group => unreadMs(group) === undefined)
    .flatMap(({ targets }) => targets)
    .filter(({ present, state }) => present && state === 'unhealthy').length;
  const failed = scaling?.groups.reduce(
    (sum, { activities }) => sum + (activities?.failed ?? 0),
    0,
  );
  const ongoing = events.filter(
    ({ kind, endedAt }) => kind === 'failover' && !endedAt,
  ).length;
  return {
    unhealthyTargets: unhealthy || undefined,
    failedScalings: failed || undefined,
    ongoingFailovers: (health && ongoing) || undefined,
    diagnosticsProblems:
      health?.notices.filter(notice => !isInformation(notice)).length ||
      undefined,
  };
}

function newest(...times: Array<string | undefined>): string | undefined {
  return times
    .filter(time => time !== undefined)
    .sort()
    .at(-1);
}
