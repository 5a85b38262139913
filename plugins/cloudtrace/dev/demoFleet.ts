import type {
  FailoverDetails,
  FailoverSummary,
  FleetPage,
  Health,
  HealthTarget,
  Judgement,
  Overview,
  Scaling,
  ScalingActivityRecord,
  Timeline,
} from '@cloudtrace/plugin-cloudtrace-common';
import { demoLoadDistribution } from './demoData';

/* Demo data for the playground: made from formulas, nothing was measured. */

interface Range {
  fromMs: number;
  toMs: number;
}

const iso = (ms: number) => new Date(ms).toISOString();
/** The instant at a part of the range. */
const at = ({ fromMs, toMs }: Range, part: number) =>
  iso(fromMs + (toMs - fromMs) * part);
const head = (range: Range) => ({
  from: iso(range.fromMs),
  to: iso(range.toMs),
  environment: 'demo',
  asOf: iso(range.toMs),
});

const GROUP = {
  id: 'demo-target-group',
  provider: 'demo',
  type: 'target-group',
  name: 'demo-targets',
};
const FAILED_REASON = {
  summary: 'The health check got no answer within its timeout.',
  nextStep: 'Look at the log of the instance; it may be out of memory.',
  code: 'Target.Timeout',
};

export function demoHealth(range: Range): Health {
  const target = (id: string, zone: string): HealthTarget => ({
    targetId: id,
    label: id,
    instanceId: id,
    zone,
    present: true,
    state: 'healthy',
    since: at(range, 0.05),
    availability: 1,
    transitions: 1,
    flapping: false,
    intervals: [
      { from: at(range, 0), to: at(range, 0.05), state: 'initial' },
      { from: at(range, 0.05), state: 'healthy' },
    ],
  });
  const sick: HealthTarget = {
    ...target('demo-b1', 'demo-zone-b'),
    state: 'unhealthy',
    since: at(range, 0.75),
    reason: FAILED_REASON,
    availability: 0.72,
    transitions: 5,
    flapping: true,
    intervals: [
      { from: at(range, 0), to: at(range, 0.6), state: 'healthy' },
      { from: at(range, 0.6), to: at(range, 0.64), state: 'unhealthy' },
      { from: at(range, 0.64), to: at(range, 0.75), state: 'healthy' },
      { from: at(range, 0.75), state: 'unhealthy', reason: FAILED_REASON },
    ],
  };
  const targets = [
    sick,
    target('demo-a1', 'demo-zone-a'),
    target('demo-a2', 'demo-zone-a'),
    {
      ...target('demo-b2', 'demo-zone-b'),
      state: 'draining' as const,
      since: at(range, 0.9),
      intervals: [
        { from: at(range, 0.3), to: at(range, 0.9), state: 'healthy' as const },
        { from: at(range, 0.9), state: 'draining' as const },
      ],
    },
  ];
  return {
    ...head(range),
    availability: 'data',
    groups: [
      {
        resource: GROUP,
        healthCheck: {
          protocol: 'HTTP',
          path: '/health',
          intervalMs: 10_000,
          timeoutMs: 2_000,
          healthyThreshold: 2,
          unhealthyThreshold: 3,
          matcher: '200',
          unhealthyAfterMs: 32_000,
        },
        healthy: 2,
        total: 4,
        desired: 4,
        wanted: 4,
        status: 'degraded',
        remarks: [
          {
            code: 'zone-down',
            severity: 'warning',
            values: { zone: 'demo-zone-b', count: 2 },
            text: 'Zone demo-zone-b is down: all of its 2 targets are unhealthy',
          },
        ],
        availability: 0.93,
        targets,
        zones: [
          {
            zone: 'demo-zone-a',
            targets: 2,
            healthy: 2,
            status: 'healthy',
            availability: 1,
          },
          {
            zone: 'demo-zone-b',
            targets: 2,
            healthy: 0,
            status: 'down',
            availability: 0.86,
          },
        ],
        series: [
          { t: at(range, 0), healthy: 3, total: 3, desired: 3 },
          { t: at(range, 0.3), healthy: 4, total: 4, desired: 4 },
          { t: at(range, 0.75), healthy: 3, total: 4, desired: 4 },
          { t: at(range, 0.9), healthy: 2, total: 4, desired: 4 },
          { t: at(range, 1), healthy: 2, total: 4, desired: 4 },
        ],
      },
    ],
    instances: [],
    transitions: [
      {
        at: at(range, 0.75),
        resourceId: GROUP.id,
        targetId: 'demo-b1',
        zone: 'demo-zone-b',
        from: 'healthy',
        to: 'unhealthy',
        reason: FAILED_REASON,
      },
      {
        at: at(range, 0.64),
        resourceId: GROUP.id,
        targetId: 'demo-b1',
        from: 'unhealthy',
        to: 'healthy',
      },
    ],
    transitionsTotal: 2,
    notices: [],
  };
}

export function demoScaling(range: Range): Scaling {
  return {
    ...head(range),
    availability: 'data',
    notices: [],
    alarms: [
      {
        name: 'demo-cpu-high',
        state: 'alarm',
        since: at(range, 0.7),
        reason: 'CPU 74 % > 70 % for 3 min',
        resourceId: 'demo-group',
      },
    ],
    groups: [
      {
        resource: {
          id: 'demo-group',
          provider: 'demo',
          type: 'auto-scaling-group',
          name: 'demo-group',
          consoleUrl: 'https://console.example.com/demo-group',
        },
        capacity: { min: 2, desired: 4, max: 4, inService: 3 },
        limit: 'at-max',
        capacitySeries: [
          { t: at(range, 0), min: 2, desired: 3, max: 4, inService: 3 },
          { t: at(range, 0.28), min: 2, desired: 4, max: 4, inService: 3 },
          { t: at(range, 0.31), min: 2, desired: 4, max: 4, inService: 4 },
          { t: at(range, 0.75), min: 2, desired: 4, max: 4, inService: 3 },
          { t: at(range, 1), min: 2, desired: 4, max: 4, inService: 3 },
        ],
        policies: [
          {
            name: 'demo-keep-cpu',
            kind: 'target-tracking',
            enabled: true,
            metricName: 'CPU utilisation',
            targetValue: 60,
            unit: '%',
            cooldownMs: 120_000,
            alarmNames: ['demo-cpu-high'],
          },
        ],
        scheduledActions: [
          {
            name: 'demo-night',
            recurrence: '0 22 * * *',
            timeZone: 'UTC',
            min: 2,
          },
        ],
        suspendedProcesses: [
          {
            name: 'ReplaceUnhealthy',
            explanation:
              'Unhealthy instances stay until somebody removes them.',
          },
        ],
        drivers: [
          {
            seriesId: 'cpu',
            resourceId: 'demo-group',
            resourceName: 'demo-group',
            label: 'CPU utilisation',
            unit: '%',
            statistic: 'mean',
            periodMs: 60_000,
            points: Array.from({ length: 60 }, (_, i) => ({
              t: at(range, i / 60),
              value: 48 + 22 * Math.sin(i / 9),
            })),
            thresholds: [{ value: 60, label: 'target 60 %' }],
          },
        ],
        activities: {
          total: 3,
          failed: 1,
          inProgress: 0,
          scaleOut: 2,
          scaleIn: 0,
        },
      },
    ],
  };
}

export function demoActivities(range: Range): ScalingActivityRecord[] {
  const base = {
    resourceId: 'demo-group',
    resourceName: 'demo-group',
    kind: 'launch' as const,
    causeKind: 'policy' as const,
  };
  return [
    {
      ...base,
      activityId: 'demo-3',
      status: 'failed',
      startedAt: at(range, 0.82),
      durationMs: 4_000,
      summary: 'alarm demo-cpu-high: CPU 74 % > 70 % → +1',
      message: 'There is no capacity of this type in demo-zone-b.',
      nextStep: 'Allow a second instance type or another zone.',
      fromCapacity: 4,
      toCapacity: 4,
      instanceIds: [],
    },
    {
      ...base,
      activityId: 'demo-2',
      status: 'successful',
      startedAt: at(range, 0.28),
      durationMs: 41_000,
      summary: 'alarm demo-cpu-high: CPU 74 % > 70 % → +1',
      fromCapacity: 3,
      toCapacity: 4,
      instanceIds: ['demo-b2'],
    },
  ];
}

export const DEMO_FAILOVER_ID = 'd'.repeat(32);

export function demoFailover(range: Range): FailoverSummary {
  return {
    failoverId: DEMO_FAILOVER_ID,
    subject: {
      kind: 'zone',
      key: 'demo-zone-b',
      label: 'demo-zone-b',
      zone: 'demo-zone-b',
    },
    cause: FAILED_REASON,
    planned: 'no',
    ongoing: false,
    startedAt: at(range, 0.6),
    detectedAt: at(range, 0.61),
    shiftedAt: at(range, 0.62),
    recoveredAt: at(range, 0.64),
    timeToDetectMs: (range.toMs - range.fromMs) * 0.01,
    timeToRecoverMs: (range.toMs - range.fromMs) * 0.04,
    impact: { requestsFailed: 312, requestsShifted: 4_810 },
    missingData: ['start-uncertain'],
    flaps: 2,
  };
}

export function demoFailoverDetails(range: Range): FailoverDetails {
  const failover = demoFailover(range);
  const load = demoLoadDistribution({
    ...range,
    groupBy: 'zone',
    environment: 'demo',
  });
  return {
    environment: 'demo',
    failover,
    steps: [
      {
        at: failover.startedAt,
        kind: 'began',
        title: 'demo-b1 stops answering',
      },
      {
        at: failover.detectedAt,
        kind: 'detected',
        title: 'Health check fails three times',
        source: 'health',
      },
      {
        at: failover.shiftedAt!,
        kind: 'shifted',
        title: 'Zone a carries all requests',
        source: 'requests',
      },
      {
        at: failover.recoveredAt!,
        kind: 'recovered',
        title: 'All targets healthy',
        source: 'health',
      },
    ],
    window: { from: load.from, to: load.to, stepMs: load.stepMs },
    zoneSeries: load.groups.map(group => ({
      key: group.key,
      label: group.label,
      points: group.series,
    })),
    instanceSeries: [],
  };
}

export function demoTimeline(range: Range): Timeline {
  const items: Timeline['items'] = [
    {
      id: 'e5',
      at: at(range, 0.82),
      kind: 'scaling',
      severity: 'warning',
      title: 'Scaling out failed: no capacity in demo-zone-b',
    },
    {
      id: 'e4',
      at: at(range, 0.75),
      kind: 'health',
      severity: 'critical',
      title: 'demo-b1 became unhealthy',
      zone: 'demo-zone-b',
    },
    {
      id: 'e3',
      at: at(range, 0.6),
      endedAt: at(range, 0.64),
      kind: 'failover',
      severity: 'critical',
      title: 'Zone demo-zone-b failed over',
    },
    {
      id: 'e2',
      at: at(range, 0.58),
      kind: 'deploy',
      severity: 'success',
      title: 'Deployed 1.4.0',
      url: 'https://ci.example.com/42',
    },
    {
      id: 'e1',
      at: at(range, 0.28),
      kind: 'scaling',
      severity: 'info',
      title: 'demo-group 3 → 4',
    },
  ];
  return {
    ...head(range),
    items,
    total: items.length,
    counts: { scaling: 2, health: 1, failover: 1, deploy: 1 },
    hidden: [],
  };
}

const DEMO_REASONS: Judgement[] = [
  {
    code: 'failover-ongoing',
    severity: 'critical',
    values: { subject: 'demo-zone-b' },
    text: 'demo-zone-b: the failover is ongoing',
  },
  {
    code: 'targets-unhealthy',
    severity: 'warning',
    values: { count: 1, total: 4 },
    text: '1 of 4 targets is unhealthy',
  },
];

export function demoOverview(range: Range): Overview {
  const series = Array.from({ length: 30 }, (_, i) => ({
    t: at(range, i / 30),
    value: 10 + 4 * Math.sin(i / 4),
  }));
  return {
    ...head(range),
    status: { severity: 'critical', reasons: DEMO_REASONS },
    instances: { total: 4, zones: 2 },
    balance: 'uneven',
    figures: [
      {
        id: 'requestsPerSecond',
        value: 14.1,
        previous: 12.7,
        unit: '1/s',
        series,
      },
      { id: 'errorRate', value: 0.005, previous: 0.0016, unit: '1', series },
      { id: 'p95Ms', value: 71, previous: 70, unit: 'ms', series },
      { id: 'healthy', value: 2, of: 4, unit: '1', series },
    ],
    insights: [
      {
        kind: 'unhealthy',
        code: 'target-unhealthy',
        severity: 'critical',
        values: {
          target: 'demo-b1',
          reason: 'The health check got no answer within its timeout',
        },
        text: 'demo-b1 is unhealthy: The health check got no answer within its timeout',
        at: at(range, 0.75),
        figures: {},
        view: 'health-checks',
      },
      {
        kind: 'hot',
        code: 'hot',
        severity: 'warning',
        values: { group: 'demo-b1', share: 0.35, fairShare: 0.25 },
        text: 'demo-b1 receives 35 % of the requests, its fair share is 25 %',
        figures: { share: 0.35 },
        view: 'load-distribution',
      },
    ],
    badges: { unhealthyTargets: 2, failedScalings: 1, newCriticalFindings: 1 },
    hidden: [],
  };
}

export function demoFleetPage(range: Range): FleetPage {
  return {
    from: iso(range.fromMs),
    to: iso(range.toMs),
    asOf: iso(range.toMs),
    liveChannel: 'cloudtrace:demo-fleet',
    owners: ['group:default/guests'],
    systems: [],
    environments: ['demo', 'demo-empty'],
    total: 2,
    truncated: false,
    items: [
      {
        entityRef: 'component:default/demo-service',
        name: 'demo-service',
        owner: 'group:default/guests',
        environment: 'demo',
        environments: ['demo', 'demo-empty'],
        severity: 'critical',
        reasons: DEMO_REASONS,
        requestsPerSecond: 14.1,
        errorRate: 0.005,
        p95Ms: 71,
        healthy: 2,
        targets: 4,
        desired: 4,
        wanted: 4,
        lastScaling: { at: at(range, 0.82), text: 'failed', failed: true },
        lastFailover: { at: at(range, 0.6), text: 'zone demo-zone-b' },
        openFindings: { critical: 1, high: 3 },
        sparkline: Array.from({ length: 30 }, (_, i) => ({
          t: at(range, i / 30),
          value: 10 + 4 * Math.sin(i / 4),
        })),
        hidden: [],
      },
      {
        entityRef: 'component:default/demo-other',
        name: 'demo-other',
        environment: 'demo',
        environments: ['demo'],
        severity: 'no-data',
        reasons: [],
        sparkline: [],
        hidden: [],
      },
    ],
  };
}
