import { at, detect, event, healthy, subjects } from '../testUtils/detection';
import type { TargetEvent } from './types';

describe('workloads of one entity', () => {
  const worker = ['w1', 'w2', 'w3'].map(id => ({
    ...event(id, 'a', -60, 'healthy'),
    resourceId: 'worker',
  }));
  const lost = { ...event('w1', 'a', 10, 'gone'), resourceId: 'worker' };
  const size = (minutes: number, value: number) => ({ at: at(minutes), value });

  it('does not explain the loss of a worker by a smaller API', () => {
    const episodes = detect({
      targets: [...healthy, ...worker, lost],
      desired: [size(-60, 7), size(9, 6)],
      own: new Map([
        ['tg', { activities: [], desired: [size(-60, 4), size(9, 3)] }],
        ['worker', { activities: [], desired: [size(-60, 3)] }],
      ]),
    });
    expect(subjects(episodes)).toEqual(['instance w1']);
  });

  it('explains a removed pod by the smaller size of its own workload', () => {
    const episodes = detect({
      targets: [...healthy, ...worker, lost],
      // At the same time, the API grew.
      desired: [size(-60, 7)],
      own: new Map([
        ['worker', { activities: [], desired: [size(-60, 3), size(9, 2)] }],
      ]),
    });
    expect(episodes).toEqual([]);
  });
});

describe('target states that are not failures', () => {
  const all = ['a1', 'a2', 'b1', 'b2'];
  const become = (minutes: number, state: string, reasonCode?: string) =>
    all.map(id => event(id, id[0], minutes, state, reasonCode));

  it('ignores a blue/green swap', () => {
    const green = (events: TargetEvent[]) =>
      events.map(e => ({ ...e, resourceId: 'green' }));
    expect(
      detect({
        targets: [
          ...healthy,
          ...become(10, 'unused', 'Target.NotInUse'),
          ...green(become(-60, 'unused', 'Target.NotInUse')),
          ...green(become(10, 'healthy')),
        ],
      }),
    ).toEqual([]);
  });

  it.each([
    ['unavailable', 'Target.HealthCheckDisabled'],
    ['unavailable', 'Elb.InternalError'],
    ['unknown', undefined],
    ['a state of next year', undefined],
  ])('treats %s (%s) as not measured', (state, reasonCode) => {
    const off = [...healthy, ...become(10, state, reasonCode)];
    expect(detect({ targets: off })).toEqual([]);
    expect(detect({ targets: [...off, ...become(20, 'healthy')] })).toEqual([]);
    // Until that failure, the target was healthy as far as known.
    const [failed, ...others] = detect({
      targets: [...off, event('a1', 'a', 20, 'unhealthy')],
    });
    expect(others).toEqual([]);
    expect(failed).toMatchObject({
      subject: { kind: 'instance', key: 'a1' },
      missingData: expect.arrayContaining(['start-uncertain']),
    });
  });

  it('does not report the loss of one target as the loss of all while the others are not measured', () => {
    const [a1, ...others] = become(10, 'unavailable');
    const targets = [
      ...healthy,
      ...others,
      { ...a1, at: at(12), state: 'unhealthy' },
    ];
    expect(subjects(detect({ targets }))).toEqual(['instance a1']);
  });

  it('ends a failure that is no longer measured and reports that', () => {
    const targets = [
      ...healthy,
      event('a1', 'a', 2, 'unhealthy'),
      event('a1', 'a', 4, 'unavailable', 'Target.HealthCheckDisabled'),
    ];
    const [episode] = detect({ targets });
    expect(episode).toMatchObject({
      detectedAt: at(2).getTime(),
      recoveredAt: at(4).getTime(),
      missingData: expect.arrayContaining(['recovery-uncertain']),
    });
    expect(episode.steps.at(-1)!.title).toContain('unknown');
    // A single poll without a response does not end it.
    expect(detect({ targets, until: at(6) })[0].recoveredAt).toBeUndefined();
  });

  it('ends a failure when its target group is removed', () => {
    const targets = [
      ...healthy,
      event('a1', 'a', 2, 'unhealthy'),
      ...become(10, 'unused', 'Target.NotInUse'),
    ];
    const [episode, ...others] = detect({ targets });
    expect(others).toEqual([]);
    expect(episode).toMatchObject({
      subject: { kind: 'instance', key: 'a1' },
      recoveredAt: at(10).getTime(),
    });
    expect(episode.steps.at(-1)!.title).toBe('It is no longer in use');
  });

  it('finds an instance that was stopped or terminated', () => {
    const targets = [
      ...healthy,
      event('a1', 'a', 2, 'unused', 'Target.InvalidState'),
    ];
    expect(detect({ targets })).toMatchObject([
      { subject: { key: 'a1' }, planned: 'unknown' },
    ]);
  });

  it('names why a pod that is still listed was lost', () => {
    const targets = [...healthy, event('a1', 'a', 2, 'unused', 'Pod.Evicted')];
    expect(detect({ targets })).toMatchObject([
      {
        subject: { key: 'a1' },
        cause: { summary: 'The node evicted the pod', code: 'Pod.Evicted' },
      },
    ]);
  });
});

describe('an instance that vanished', () => {
  const ended = (more: object) => ({
    targets: [...healthy, event('a1', 'a', 2, 'gone')],
    activities: [
      {
        activityId: '1',
        kind: 'terminate' as const,
        status: 'successful' as const,
        startedAt: at(1.5).toISOString(),
        causeKind: 'unknown' as const,
        instanceIds: ['a1'],
        ...more,
      },
    ],
  });

  it.each(['unknown', 'health-replacement', 'interruption', 'maintenance'])(
    'failed if the group reports the cause %s',
    causeKind => {
      expect(subjects(detect(ended({ causeKind })))).toEqual(['instance a1']);
    },
  );

  it.each([
    'policy',
    'schedule',
    'manual',
    'rebalance',
    'instance-refresh',
    'lifetime',
  ])('was removed if the group reports the cause %s', causeKind => {
    expect(detect(ended({ causeKind }))).toEqual([]);
  });

  it('was removed if the group became smaller by it', () => {
    expect(detect(ended({ fromCapacity: 4, toCapacity: 3 }))).toEqual([]);
  });
});
