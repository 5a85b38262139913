import { countTargetStates, healthStatus } from '../figures';
import {
  judgeService,
  type ServiceState,
  type ZoneState,
} from './judgeService';
import { wordJudgement } from './wordJudgement';

const zone = (name: string, ...states: string[]): ZoneState => ({
  zone: name,
  counts: countTargetStates(states),
});
function group(
  zones: ZoneState[],
  desired?: number,
  name = 'shop',
): NonNullable<ServiceState['targetGroups']> {
  const states = zones.flatMap(({ counts }) => [
    ...Array(counts.healthy).fill('healthy'),
    ...Array(counts.unhealthy).fill('unhealthy'),
    ...Array(counts.notMeasured).fill('unavailable'),
    ...Array(counts.starting).fill('initial'),
    ...Array(counts.outOfService).fill('draining'),
  ]);
  return [{ name, counts: countTargetStates(states), desired, zones }];
}
const lost = (name: string): ZoneState => ({
  ...zone(name),
  lostAt: '2026-01-01T12:00:00Z',
});

describe('judgeService', () => {
  const situations: Array<[string, Partial<ServiceState>, string, string[]]> = [
    ['nothing is known', {}, 'no-data', []],
    [
      'all targets are healthy in two zones',
      { targetGroups: group([zone('a', 'healthy'), zone('b', 'healthy')], 2) },
      'ok',
      [],
    ],
    [
      'a scale-in drains an instance',
      {
        targetGroups: group(
          [zone('a', 'healthy', 'draining'), zone('b', 'healthy')],
          2,
        ),
      },
      'ok',
      [],
    ],
    [
      '20 critical findings are open',
      { openFindings: { critical: 20, high: 0 } },
      'warning',
      ['20 critical findings are open'],
    ],
    [
      'one critical finding is open',
      { openFindings: { critical: 1, high: 0 } },
      'warning',
      ['1 critical finding is open'],
    ],
    [
      'the scans found nothing critical',
      { openFindings: { critical: 0, high: 0 } },
      'ok',
      [],
    ],
    [
      'a target is unhealthy',
      {
        targetGroups: group([
          zone('a', 'healthy', 'unhealthy'),
          zone('b', 'healthy'),
        ]),
      },
      'warning',
      ['1 of 3 targets is unhealthy'],
    ],
    [
      'a zone is down and its targets are still there',
      {
        targetGroups: group([
          zone('a', 'healthy'),
          zone('b', 'unhealthy', 'unhealthy'),
        ]),
      },
      'warning',
      [
        '2 of 3 targets are unhealthy',
        'Zone b is down: all of its 2 targets are unhealthy',
      ],
    ],
    [
      'a zone is down and its targets are gone',
      { targetGroups: group([zone('a', 'healthy', 'healthy'), lost('b')], 2) },
      'warning',
      [
        'Zone b is down: its last target failed and was not replaced',
        'All 2 targets are in zone a: if that zone fails, no targets are left',
      ],
    ],
    [
      'every target is gone although some are desired',
      { targetGroups: group([lost('a')], 3) },
      'critical',
      [
        'None of the 3 targets is healthy',
        'Zone a is down: its last target failed and was not replaced',
      ],
    ],
    [
      'the service is scaled to zero',
      {
        targetGroups: group([], 0),
        groupsAtMax: [],
        openFindings: { critical: 0, high: 0 },
      },
      'no-data',
      ['No target is expected: the desired size is 0'],
    ],
    [
      'nobody read the targets for eight minutes',
      {
        targetGroups: group([zone('a', 'healthy'), zone('b', 'unhealthy')]).map(
          each => ({ ...each, unreadMs: 8 * 60_000 }),
        ),
      },
      'warning',
      ['The health is unknown: the targets were last read 8 min ago'],
    ],
    [
      'nobody read one of two groups',
      {
        targetGroups: [
          ...group([zone('a', 'healthy')], 1, 'api'),
          ...group([zone('a', 'healthy')], 1, 'worker').map(each => ({
            ...each,
            unreadMs: 8 * 60_000,
          })),
        ],
      },
      'warning',
      ['worker: The health is unknown: the targets were last read 8 min ago'],
    ],
    [
      'all targets are starting',
      { targetGroups: group([zone('a', 'initial'), zone('b', 'initial')], 2) },
      'warning',
      ['None of the 2 targets is healthy'],
    ],
    [
      'health checks are switched off',
      {
        targetGroups: group([
          zone('a', 'unavailable'),
          zone('b', 'unavailable'),
        ]),
      },
      'warning',
      ['The health of 2 of 2 targets is not measured'],
    ],
    [
      'all instances are in one zone',
      { targetGroups: group([zone('a', 'healthy', 'healthy')], 2) },
      'ok',
      ['All 2 targets are in zone a: if that zone fails, no targets are left'],
    ],
    [
      'there is only one instance',
      { targetGroups: group([zone('a', 'healthy')], 1) },
      'ok',
      [],
    ],
    [
      'a worker has no ready pod beside a healthy API',
      {
        targetGroups: [
          ...group([zone('a', ...Array(3).fill('healthy'))], 3, 'api'),
          ...group([zone('', ...Array(3).fill('unhealthy'))], 3, 'worker'),
        ],
      },
      'critical',
      [
        'worker: None of the 3 targets is healthy',
        'api: All 3 targets are in zone a: if that zone fails, no targets are left',
      ],
    ],
    [
      'a worker has no pod, and a larger API lacks more',
      {
        targetGroups: [
          ...group([zone('', ...Array(7).fill('healthy'))], 12, 'api'),
          ...group([], 3, 'worker'),
        ],
      },
      'critical',
      ['worker: None of the 3 targets is healthy'],
    ],
    [
      'a group is at its maximum',
      { groupsAtMax: [{ group: 'shop', max: 4 }] },
      'warning',
      ['shop is at its maximum size of 4 and cannot grow'],
    ],
    [
      'few requests fail',
      { recent: { requests: 1000, errors: 20 } },
      'warning',
      ['2.0 % of the requests in the last 15 minutes failed'],
    ],
    [
      'many requests fail',
      { recent: { requests: 100, errors: 50 } },
      'critical',
      ['50 % of the requests in the last 15 minutes failed'],
    ],
    [
      'one of too few requests failed',
      { recent: { requests: 3, errors: 1 } },
      'ok',
      [],
    ],
    [
      'a failover is ongoing and findings are open',
      {
        failovers: [{ kind: 'database', label: 'shop-db' }],
        openFindings: { critical: 2, high: 0 },
      },
      'critical',
      ['shop-db: failover ongoing', '2 critical findings are open'],
    ],
    [
      'all targets were lost',
      { failovers: [{ kind: 'all-targets', label: 'shop' }] },
      'critical',
      ['No healthy targets left; the outage continues'],
    ],
  ];

  it.each(situations)('when %s', (_, state, severity, sentences) => {
    const judged = judgeService({ failovers: [], ...state });
    expect([judged.severity, judged.reasons.map(wordJudgement)]).toEqual([
      severity,
      sentences,
    ]);
  });
});

describe('healthStatus', () => {
  it.each<[string, string[], number | undefined, string]>([
    ['all are healthy', ['healthy', 'healthy'], 2, 'healthy'],
    ['one drains on purpose', ['healthy', 'draining'], undefined, 'healthy'],
    ['one is missing', ['healthy'], 2, 'degraded'],
    [
      'one is unhealthy but enough others are healthy',
      ['healthy', 'unhealthy'],
      1,
      'degraded',
    ],
    ['one is not measured', ['healthy', 'unavailable'], 2, 'degraded'],
    ['none is measured', ['unavailable', 'unknown'], 2, 'unknown'],
    ['none is left although some are desired', [], 3, 'down'],
    ['none is desired', [], 0, 'empty'],
    ['the desired number is unknown', [], undefined, 'empty'],
  ])('when %s', (_, states, desired, status) => {
    expect(healthStatus(countTargetStates(states), desired)).toBe(status);
  });
});
