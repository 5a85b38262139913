import {
  ACTIVE_USERS_PER_INSTANCE,
  wordTexts,
  type FleetMetricSeries,
  type JudgementCode,
} from '@cloudtrace/plugin-cloudtrace-common';
import { MetricSeries, type MetricDescription } from '../metrics/MetricSeries';

/** Interval between points. */
export const METRIC_PERIOD_MS = 10_000;
const KEPT_POINTS = (6 * 3600_000) / METRIC_PERIOD_MS;

function named(code: JudgementCode) {
  return wordTexts({ label: { code, values: {} } });
}

const descriptions = {
  requestRate: {
    seriesId: 'request-rate',
    ...named('metric-requests'),
    unit: '1/s',
    statistic: 'average',
  },
  requestRatePerInstance: {
    seriesId: 'request-rate-per-instance',
    ...named('metric-requests-per-instance'),
    unit: '1/s',
    statistic: 'average',
  },
  activeUsers: {
    seriesId: 'active-users',
    ...named('metric-active-users'),
    unit: '{user}',
    statistic: 'average',
  },
  activeUsersPerInstance: {
    seriesId: 'active-users-per-instance',
    ...named('metric-active-users-per-instance'),
    unit: ACTIVE_USERS_PER_INSTANCE,
    statistic: 'average',
  },
  errorRate: {
    seriesId: 'error-rate',
    ...named('metric-server-errors'),
    unit: '1/s',
    statistic: 'average',
  },
  responseTimeP95: {
    seriesId: 'response-time-p95',
    ...named('metric-response-time'),
    unit: 'ms',
    statistic: 'p95',
  },
  cpu: {
    seriesId: 'cpu-utilization',
    ...named('metric-cpu-of-instance'),
    unit: '%',
    statistic: 'average',
  },
  healthyTargets: {
    seriesId: 'healthy-targets',
    ...named('metric-healthy-targets'),
    unit: '1',
    statistic: 'minimum',
  },
  inService: {
    seriesId: 'in-service-instances',
    ...named('metric-in-service'),
    unit: '1',
    statistic: 'average',
  },
} satisfies Record<string, MetricDescription>;

/** The names of a service's metrics. */
export type ServiceMetric = keyof typeof descriptions;

/** The metrics of one service over the last hours. */
export class ServiceMetrics {
  readonly #series = Object.fromEntries(
    Object.entries(descriptions).map(([name, description]) => [
      name,
      new MetricSeries(description, {
        periodMs: METRIC_PERIOD_MS,
        keep: KEPT_POINTS,
      }),
    ]),
  ) as Record<ServiceMetric, MetricSeries>;
  readonly #names: ServiceMetric[];

  /** @param options.activeUsers - whether the service reports its active users */
  constructor(options: { activeUsers: boolean }) {
    this.#names = (Object.keys(descriptions) as ServiceMetric[]).filter(
      name => options.activeUsers || !name.startsWith('activeUsers'),
    );
  }

  add(atMs: number, values: Partial<Record<ServiceMetric, number>>) {
    for (const name of this.#names) {
      this.#series[name].add(atMs, values[name]);
    }
  }

  since(from?: Date): FleetMetricSeries[] {
    return this.#names.map(name => this.#series[name].since(from));
  }
}
