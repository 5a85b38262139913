import type {
  Health,
  LoadDistribution,
  LoadFlag,
  Scaling,
} from '@cloudtrace/plugin-cloudtrace-common';
import { findInsights } from './findInsights';

function loadOf(flags: Record<string, LoadFlag[]>): LoadDistribution {
  return {
    totals: { requests: 1000 },
    series: [],
    groups: Object.entries(flags).map(([key, own]) => ({
      key,
      label: key,
      flags: own,
    })),
  } as unknown as LoadDistribution;
}
const healthOf = (
  targets: Array<{
    targetId: string;
    instanceId?: string;
    present: boolean;
    state?: string;
  }>,
  group: object = {},
) =>
  ({
    groups: [
      {
        resource: { id: 'targets' },
        targets,
        healthy: 0,
        total: targets.filter(({ present }) => present).length,
        status: 'healthy',
        remarks: [],
        ...group,
      },
    ],
  } as unknown as Health);

describe('findInsights', () => {
  const slow: LoadFlag = {
    ...{ kind: 'slow', severity: 'critical', unit: 'ms' },
    ...{ value: 128, reference: 17 },
  };
  const failing: LoadFlag = {
    ...{ kind: 'failing', severity: 'critical', unit: '1', value: 0.5 },
  };
  const sentences = (input: Parameters<typeof findInsights>[0]) =>
    findInsights(input).map(({ severity, text }) => [severity, text]);

  it('speaks of messages for what a worker does', () => {
    const load = loadOf({ a: [failing], b: [{ ...slow, kind: 'silent' }] });
    load.groups.forEach(group => (group.kind = 'consumer'));
    const health = healthOf([
      { targetId: 'a', present: false },
      { targetId: 'b', present: true, state: 'healthy' },
    ]);
    expect(
      findInsights({ load, health, events: [] }).map(({ code }) => code),
    ).toEqual(['failing-alone-messages-past', 'healthy-without-messages']);
  });

  it('reports ongoing problems, worst first', () => {
    const cold: LoadFlag = {
      ...{ kind: 'cold', severity: 'warning', unit: '1' },
      ...{ value: 0.1, reference: 0.25 },
    };
    expect(
      sentences({ load: loadOf({ a: [cold], b: [slow] }), events: [] }),
    ).toEqual([
      ['critical', 'b is slow: p95 is 128 ms, compared with 17 ms elsewhere'],
      [
        'warning',
        'a receives only 10 % of the requests, its fair share is 25 %',
      ],
    ]);
  });

  it('does not compare with other instances if they had no requests', () => {
    expect(sentences({ load: loadOf({ a: [failing] }), events: [] })).toEqual([
      ['critical', '50 % of the requests to a fail'],
    ]);
  });

  it('uses the past tense for instances that are gone, according to requests or fleet', () => {
    const until = '2026-01-01T12:00:00.000Z';
    const past = { ...slow, severity: 'info' as const, until };
    expect(
      sentences({
        load: loadOf({ silent: [past], ended: [slow, failing], here: [] }),
        health: healthOf([
          { targetId: 'ended:80', instanceId: 'ended', present: false },
          { targetId: 'here', present: true, state: 'healthy' },
        ]),
        events: [],
      }),
    ).toEqual([
      ['warning', 'ended, now gone, failed 50 % of its requests'],
      [
        'info',
        'silent, now gone, was slow: p95 was 128 ms, compared with 17 ms elsewhere',
      ],
      [
        'info',
        'ended, now gone, was slow: p95 was 128 ms, compared with 17 ms elsewhere',
      ],
    ]);
  });

  const compared = (before: object, after: object, more: object = {}) =>
    ({
      ...loadOf({}),
      totals: {
        requests: 1000,
        requestsPerSecond: 10,
        latencyMs: {},
        ...after,
      },
      previous: {
        totals: {
          requests: 1000,
          requestsPerSecond: 10,
          latencyMs: {},
          ...before,
        },
      },
      ...more,
    } as unknown as LoadDistribution);
  const p95 = (ms: number) => ({ latencyMs: { p95: ms } });
  const scalingOf = (group: object): Scaling =>
    ({
      alarms: [],
      groups: [
        { resource: { id: 'g', name: 'shop' }, capacitySeries: [], ...group },
      ],
    } as unknown as Scaling);
  const traffic = compared(
    { requestsPerSecond: 10 },
    { requestsPerSecond: 18.7 },
  );
  const grown =
    'Traffic is 87 % above the previous period (10 → 19 requests per second)';

  it.each<
    [string, Omit<Parameters<typeof findInsights>[0], 'events'>, string[][]]
  >([
    [
      'p95 is 37 times that of the period before',
      { load: compared(p95(20), p95(740)) },
      [
        [
          'critical',
          'p95 is 37 × the p95 of the previous period (20 ms → 740 ms)',
        ],
      ],
    ],
    ['p95 changed little', { load: compared(p95(20), p95(30)) }, []],
    ['traffic grew by 87 %', { load: traffic }, [['info', grown]]],
    [
      'traffic fell by half',
      { load: compared({}, { requestsPerSecond: 4 }) },
      [
        [
          'info',
          'Traffic is 60 % below the previous period (10 → 4 requests per second)',
        ],
      ],
    ],
    [
      'errors came up',
      { load: compared({ errorRate: 0 }, { errorRate: 0.04 }) },
      [
        [
          'warning',
          '4.0 % of the requests fail, compared with 0 % in the previous period',
        ],
      ],
    ],
    [
      'there is no period before',
      { load: compared({}, p95(900), { previous: undefined }) },
      [],
    ],
    [
      'a group is at its maximum',
      {
        scaling: scalingOf({
          limit: 'at-max',
          capacity: { min: 1, desired: 4, max: 4 },
        }),
      },
      [['warning', 'shop is at its maximum size of 4 and cannot grow']],
    ],
    [
      'a group was at its maximum for a while',
      {
        scaling: scalingOf({
          limit: 'none',
          capacity: { min: 1, desired: 2, max: 4 },
          capacitySeries: [
            { t: '2026-01-01T12:00:00Z', min: 1, desired: 4, max: 4 },
            { t: '2026-01-01T12:12:00Z', min: 1, desired: 2, max: 4 },
            { t: '2026-01-01T12:30:00Z', min: 1, desired: 2, max: 4 },
          ],
        }),
      },
      [['info', 'shop was at its maximum size of 4 for 12 min']],
    ],
    [
      'a group of a fixed size has nothing more to do',
      {
        scaling: scalingOf({
          limit: 'fixed',
          capacity: { min: 3, desired: 3, max: 3 },
        }),
      },
      [],
    ],
    [
      'a group of a fixed size gets more traffic',
      {
        load: traffic,
        scaling: scalingOf({
          limit: 'fixed',
          capacity: { min: 3, desired: 3, max: 3 },
        }),
      },
      [
        ['warning', 'shop has a fixed size of 3 and cannot grow with the load'],
        ['info', grown],
      ],
    ],
    [
      '20 critical findings are open',
      { openFindings: { critical: 20 } },
      [['warning', '20 critical findings are open']],
    ],
    [
      'one scaling activity failed',
      {
        scaling: scalingOf({
          capacity: {},
          activities: { total: 3, failed: 1 },
        }),
      },
      [['warning', 'A scaling activity of shop failed']],
    ],
    [
      'no target is left',
      { health: healthOf([], { status: 'down', wanted: 3 }) },
      [['critical', 'None of the 3 targets is healthy']],
    ],
    [
      'a zone is down',
      {
        health: healthOf([], {
          remarks: [
            { code: 'zone-lost', severity: 'warning', values: { zone: 'b' } },
          ],
        }),
      },
      [
        [
          'warning',
          'Zone b is down: its last target failed and was not replaced',
        ],
      ],
    ],
    [
      'a target is not measured',
      {
        health: healthOf([
          { targetId: 'a', present: true, state: 'unavailable' },
        ]),
      },
      [['warning', 'The health of 1 of 1 targets is not measured']],
    ],
    [
      'a healthy instance gets no requests',
      {
        load: loadOf({ a: [{ kind: 'silent', severity: 'info' }] }),
        health: healthOf([{ targetId: 'a', present: true, state: 'healthy' }]),
      },
      [['warning', 'a is healthy but receives no requests, while others do']],
    ],
    [
      'a scale-in took an instance out',
      {
        load: loadOf({ a: [{ kind: 'silent', severity: 'info' }] }),
        health: healthOf([{ targetId: 'a', present: false }]),
      },
      [],
    ],
  ])('when %s', (_, input, expected) => {
    expect(sentences({ events: [], ...input })).toEqual(expected);
  });
});
