import type {
  Health,
  HiddenPart,
  KeyFigure,
  LoadDistribution,
  Overview,
  Scaling,
  TimelineEvent,
} from '@cloudtrace/plugin-cloudtrace-common';
import type { FleetService } from '../fleet/FleetService';
import type { FindingCounter } from '../overview/FleetPageService';
import type {
  CallOptions,
  RangeQuery,
  RequestService,
} from '../requests/RequestService';
import { findInsights } from './findInsights';

/** Makes the overview from the answers of the other views. */
export class OverviewReader {
  readonly #requests: RequestService;
  readonly #fleet: FleetService;
  readonly #findings: FindingCounter | undefined;

  /** The services are those behind the permission check: the parts say what may be asked. */
  constructor(options: {
    requests: RequestService;
    fleet: FleetService;
    findings?: FindingCounter;
  }) {
    this.#requests = options.requests;
    this.#fleet = options.fleet;
    this.#findings = options.findings;
  }

  async read(
    query: RangeQuery & { environment: string },
    events: readonly TimelineEvent[],
    options: CallOptions & { parts: ReadonlySet<HiddenPart> },
  ): Promise<Omit<Overview, 'hidden'>> {
    const { parts } = options;
    const [load, health, scaling, newCritical] = await Promise.all([
      parts.has('requests')
        ? this.#requests.getLoadDistribution(
            { ...query, groupBy: 'instance', limit: 100 },
            options,
          )
        : undefined,
      parts.has('fleet') ? this.#fleet.getHealth(query, options) : undefined,
      parts.has('fleet') ? this.#fleet.getScaling(query, options) : undefined,
      parts.has('security')
        ? this.#findings?.countNewCritical(query.entityRef)
        : undefined,
    ]);
    return {
      from: query.from.toISOString(),
      to: query.to.toISOString(),
      environment: query.environment,
      asOf: newest(load?.asOf, health?.asOf),
      figures: [
        ...(load ? loadFigures(load) : []),
        ...(health ? [healthyFigure(health)] : []),
      ],
      insights: findInsights({ load, health, scaling, events }),
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
      series: points(({ requests }) => requests / (stepMs / 1000)),
    },
    {
      id: 'errorRate',
      unit: '1',
      value: totals.errorRate,
      previous: before?.errorRate,
      series: points(({ requests, errors }) =>
        requests > 0 ? errors / requests : undefined,
      ),
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

/** Steps of the range before the first request ever, of which there are no points. */
function stepsBefore({ from, stepMs, series }: LoadDistribution): string[] {
  const steps: string[] = [];
  const end = series.length > 0 ? Date.parse(series[0].t) : 0;
  for (let t = Date.parse(from); t < end; t += stepMs) {
    steps.push(new Date(t).toISOString());
  }
  return steps;
}

function healthyFigure({ groups }: Health): KeyFigure {
  // The same instances may be in several target groups; the worst one counts.
  const [worst] = [...groups].sort(
    (a, b) => a.healthy - a.total - (b.healthy - b.total),
  );
  return {
    id: 'healthy',
    unit: '1',
    value: worst?.healthy,
    of: worst && (worst.desired ?? worst.total),
    series: (worst?.series ?? []).map(({ t, healthy }) => ({
      t,
      value: healthy,
    })),
  };
}

function badges(
  health: Health | undefined,
  scaling: Scaling | undefined,
  events: readonly TimelineEvent[],
): Overview['badges'] {
  const unhealthy = health?.groups
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
    diagnosticsProblems: health?.notices.length || undefined,
  };
}

function newest(...times: Array<string | undefined>): string | undefined {
  return times
    .filter(time => time !== undefined)
    .sort()
    .at(-1);
}
