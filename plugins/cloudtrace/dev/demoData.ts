import type {
  Diagnostics,
  DurationBucket,
  LoadDistribution,
  LoadGroup,
  LoadGroupBy,
  LoadPoint,
  RequestFacets,
  RequestRecord,
} from '@cloudtrace/plugin-cloudtrace-common';

/*
 * Demo data for the playground: made from formulas, the same at every start.
 * Nothing here was measured.
 */

const INSTANCES = [
  { key: 'demo-a1', zone: 'demo-zone-a', weight: 1.0, p95: 42 },
  { key: 'demo-a2', zone: 'demo-zone-a', weight: 1.02, p95: 44 },
  { key: 'demo-b1', zone: 'demo-zone-b', weight: 1.65, p95: 118 },
  { key: 'demo-b2', zone: 'demo-zone-b', weight: 0.97, p95: 40 },
];
const ROUTES = [
  'GET /orders',
  'GET /orders/{id}',
  'POST /payments',
  'GET /health',
];
const STEPS = 60;

const wave = (i: number, seed: number) =>
  1 + 0.25 * Math.sin(i / 7 + seed) + 0.1 * Math.sin(i / 2.3 + seed * 3);

function points(
  fromMs: number,
  stepMs: number,
  weight: number,
  p95: number,
  seed: number,
): LoadPoint[] {
  return Array.from({ length: STEPS }, (_, i) => {
    const requests = Math.round(180 * weight * wave(i, seed));
    const failing = weight > 1.5 && i > 40;
    const stray = i % 17 === seed ? 1 : 0;
    const errors = failing ? Math.round(requests * 0.04) : stray;
    return {
      t: new Date(fromMs + i * stepMs).toISOString(),
      requests,
      errors,
      p50Ms: p95 * 0.3,
      p95Ms: p95 * wave(i, seed + 1) * (weight > 1.5 && i > 40 ? 1.9 : 1),
      p99Ms: p95 * 1.8,
    };
  });
}

function group(
  key: string,
  zone: string | undefined,
  series: LoadPoint[],
  total: number,
  p95: number,
): LoadGroup {
  const requests = series.reduce((sum, point) => sum + point.requests, 0);
  const errors = series.reduce((sum, point) => sum + point.errors, 0);
  return {
    key,
    label: key,
    zone,
    requests,
    share: requests / total,
    errors,
    errorRate: errors / requests,
    latencyMs: {
      p50: p95 * 0.3,
      p95,
      p99: p95 * 1.8,
      max: p95 * 4,
      mean: p95 * 0.4,
    },
    firstSeenAt: '2026-01-01T08:00:00.000Z',
    lastSeenAt: series[series.length - 1].t,
    flags: [],
    series,
  };
}

/** A load distribution in which one instance is hot, slow and failing. */
export function demoLoadDistribution(options: {
  fromMs: number;
  toMs: number;
  groupBy: LoadGroupBy;
  environment: string;
}): LoadDistribution {
  const { fromMs, toMs, groupBy, environment } = options;
  const stepMs = (toMs - fromMs) / STEPS;
  const parts = INSTANCES.map((item, seed) => ({
    ...item,
    series: points(fromMs, stepMs, item.weight, item.p95, seed),
  }));
  const sum = (all: LoadPoint[][]): LoadPoint[] =>
    all[0].map((point, i) => ({
      ...point,
      requests: all.reduce((n, series) => n + series[i].requests, 0),
      errors: all.reduce((n, series) => n + series[i].errors, 0),
      p95Ms: Math.max(...all.map(series => series[i].p95Ms ?? 0)),
    }));
  const series = sum(parts.map(part => part.series));
  const total = series.reduce((n, point) => n + point.requests, 0);
  const errors = series.reduce((n, point) => n + point.errors, 0);
  let groups: LoadGroup[];
  if (groupBy === 'instance') {
    groups = parts.map(part =>
      group(part.key, part.zone, part.series, total, part.p95),
    );
    groups[2].flags = [
      {
        kind: 'hot',
        severity: 'warning',
        value: groups[2].share,
        reference: 0.25,
        unit: '1',
      },
      {
        kind: 'slow',
        severity: 'warning',
        value: 118,
        reference: 42,
        unit: 'ms',
      },
      {
        kind: 'failing',
        severity: 'critical',
        value: groups[2].errorRate,
        reference: 0.0004,
        unit: '1',
      },
    ];
    groups[3].flags = [
      { kind: 'new', severity: 'info', since: groups[3].series[20].t },
    ];
  } else if (groupBy === 'zone') {
    groups = ['demo-zone-a', 'demo-zone-b'].map(zone =>
      group(
        zone,
        undefined,
        sum(parts.filter(part => part.zone === zone).map(part => part.series)),
        total,
        60,
      ),
    );
  } else {
    groups = ROUTES.map((route, seed) => ({
      ...group(
        route,
        undefined,
        points(fromMs, stepMs, 1.2 - seed * 0.2, 30 + seed * 20, seed),
        total,
        30 + seed * 20,
      ),
      method: route.split(' ')[0],
      route: route.split(' ')[1],
    }));
  }
  groups.sort((a, b) => b.requests - a.requests);
  const totals = {
    requests: total,
    errors,
    errorRate: errors / total,
    requestsPerSecond: (total * 1000) / (toMs - fromMs),
    latencyMs: { p50: 13, p95: 71, p99: 132, max: 480, mean: 21 },
  };
  return {
    from: new Date(fromMs).toISOString(),
    to: new Date(toMs).toISOString(),
    stepMs,
    environment,
    groupBy,
    asOf: new Date(toMs).toISOString(),
    totals,
    previous: {
      from: new Date(2 * fromMs - toMs).toISOString(),
      to: new Date(fromMs).toISOString(),
      totals: {
        ...totals,
        requests: total * 0.9,
        requestsPerSecond: totals.requestsPerSecond * 0.9,
        errors: errors / 3,
        errorRate: totals.errorRate / 3,
      },
    },
    balance: {
      groups: groups.length,
      jainIndex: groupBy === 'instance' ? 0.944 : 0.99,
      maxToMean: groups[0].share * groups.length,
      verdict: groupBy === 'route' ? 'not-comparable' : 'uneven',
      busiest: { ...groups[0], fairShare: 1 / groups.length },
      idlest: { ...groups[groups.length - 1], fairShare: 1 / groups.length },
    },
    groups:
      groupBy === 'route'
        ? groups
        : groups.map(each => ({ ...each, fairShare: 1 / groups.length })),
    groupsTotal: groups.length,
    series,
  };
}

const hex = (value: number, digits: number) =>
  value.toString(16).padStart(digits, '0');

/** The n-th newest demo request. */
export function demoRequest(
  n: number,
  toMs: number,
  environment: string,
): RequestRecord {
  const instance = INSTANCES[Math.abs(n * 7 + (n >> 2)) % INSTANCES.length];
  const [method, route] = ROUTES[Math.abs(n * 3) % ROUTES.length].split(' ');
  const error = n % 13 === 5;
  const usual = n % 11 === 3 ? 404 : 200;
  return {
    startedAt: new Date(toMs - n * 830).toISOString(),
    traceId: hex(0xabc000 + n, 32),
    spanId: hex(0xdef000 + n, 16),
    kind: 'server',
    method,
    route,
    statusCode: error ? 503 : usual,
    durationMs: 4 + ((n * 37) % 60) + (error ? 700 : 0),
    instanceId: instance.key,
    zone: instance.zone,
    environment,
    error,
  };
}

export function demoFacets(
  fromMs: number,
  toMs: number,
  environment: string,
): RequestFacets {
  const durations: DurationBucket[] = Array.from({ length: 30 }, (_, i) => {
    const requests = Math.round(
      4000 * Math.exp(-((i - 11) ** 2) / 18) + (i > 22 ? 90 : 0),
    );
    return {
      fromMs: 2 ** (i / 2.5),
      toMs: 2 ** ((i + 1) / 2.5),
      requests,
      errors: i > 22 ? Math.round(requests * 0.7) : 0,
    };
  });
  const facet = (value: string, requests: number, errors = 0) => ({
    value,
    requests,
    errors,
  });
  return {
    from: new Date(fromMs).toISOString(),
    to: new Date(toMs).toISOString(),
    environment,
    exact: true,
    countedRequests: 48_210,
    instances: INSTANCES.map((item, i) =>
      facet(item.key, 9000 + i * 812, i === 2 ? 310 : 3),
    ),
    zones: [facet('demo-zone-a', 21_000, 6), facet('demo-zone-b', 27_210, 313)],
    routes: ROUTES.map((route, i) =>
      facet(route.split(' ')[1], 20_000 - i * 4200, i * 12),
    ),
    methods: [facet('GET', 40_100, 80), facet('POST', 8_110, 239)],
    statusCodes: [
      facet('200', 45_000),
      facet('404', 2_600),
      facet('503', 319, 319),
    ],
    durations,
  };
}

export function demoDiagnostics(
  nowMs: number,
  environment: string,
): Diagnostics {
  const ago = (ms: number) => new Date(nowMs - ms).toISOString();
  return {
    asOf: ago(0),
    environment,
    setup: {
      otlpEndpoint: 'https://portal.example.com/api/cloudtrace/otlp',
      serviceName: 'demo-service',
    },
    sources: [
      {
        id: 'requests',
        kind: 'requests',
        title: 'Requests (OpenTelemetry)',
        status: 'ok',
        message: 'Requests arrive.',
        lastSuccessAt: ago(1200),
        problems: [],
        resources: [],
        figures: [
          {
            id: 'rate',
            label: 'Requests in the last hour',
            value: 48_210,
            unit: '1',
          },
        ],
        tokens: {
          live: 1,
          expired: 0,
          revoked: 2,
          entityReplaced: 0,
          unpeppered: 0,
          lastUsedAt: ago(1200),
        },
      },
      {
        id: 'fleet',
        kind: 'fleet',
        title: 'Fleet (demo provider)',
        status: 'problem',
        message: 'One of two resources could not be read.',
        lastSuccessAt: ago(31_000),
        lastErrorAt: ago(30_000),
        problems: [
          {
            code: 'access-denied',
            message: 'The demo role may not read scaling policies.',
            missingPermission: 'autoscaling:DescribePolicies',
            nextStep: 'Add the action to the role of the account.',
          },
        ],
        figures: [],
        resources: [
          {
            id: 'demo',
            type: 'auto-scaling-group',
            name: 'demo-group',
            foundBy: 'annotation',
            foundThrough: 'cloudtrace.io/auto-scaling-group: demo-group',
          },
        ],
      },
    ],
  };
}
