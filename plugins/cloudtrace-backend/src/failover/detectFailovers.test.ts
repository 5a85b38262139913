import {
  at,
  detect,
  event,
  healthy,
  requests,
  subjects,
} from '../testUtils/detection';
import type { TargetEvent } from './types';

describe('detectFailovers', () => {
  it('finds nothing in a quiet history', () => {
    expect(detect({ requests: requests() })).toEqual([]);
  });

  it('finds a failed instance with its beginning, cost and recovery', () => {
    const [episode, ...others] = detect({
      targets: [
        ...healthy,
        event('a1', 'a', 2, 'unhealthy', 'Target.Timeout'),
        event('a1', 'a', 5, 'gone'),
        event('a3', 'a', 5, 'initial'),
        event('a3', 'a', 7, 'healthy'),
      ],
      activities: [
        {
          activityId: '1',
          kind: 'launch',
          status: 'successful',
          startedAt: at(4).toISOString(),
          causeKind: 'health-replacement',
          instanceIds: ['a3'],
        },
      ],
      requests: requests((instance, minute) => {
        if (instance !== 'a1') return minute >= 2 ? { requests: 40 } : {};
        if (minute < 1) return {};
        return minute === 1 ? { errors: 20 } : { requests: 0 };
      }),
    });
    expect(others).toEqual([]);
    expect(episode).toMatchObject({
      subject: { kind: 'instance', key: 'a1', zone: 'a' },
      cause: { code: 'Target.Timeout' },
      planned: 'no',
      startedAt: at(1).getTime(),
      detectedAt: at(2).getTime(),
      shiftedAt: at(2).getTime(),
      recoveredAt: at(7).getTime(),
      flaps: 0,
      impact: { requestsFailed: 20, requestsShifted: 150, shareBefore: 0.25 },
      missingData: [],
    });
    expect(episode.steps.map(({ kind }) => kind)).toEqual([
      'began',
      'detected',
      'shifted',
      'replacement',
      'recovered',
    ]);
  });

  it('does not say that a restarted instance was taken out of service', () => {
    const cause = {
      code: 'container-restarted',
      values: { container: 'api', reason: 'exit code 1' },
    } as const;
    const [episode] = detect({
      targets: [
        ...healthy,
        event('a1', 'a', 2, 'unhealthy', 'Pod.CrashLoopBackOff'),
        event('a1', 'a', 5, 'healthy'),
      ],
      activities: [
        {
          activityId: '1',
          kind: 'restart',
          status: 'successful',
          startedAt: at(3).toISOString(),
          causeKind: 'health-replacement',
          instanceIds: ['a1'],
          coded: { cause },
        },
      ],
    });
    expect(episode.steps).toContainEqual(
      expect.objectContaining({
        kind: 'replacement',
        title: 'Container api was restarted: exit code 1',
      }),
    );
  });

  it('reports an instance that was replaced before the next poll as recovered at once', () => {
    const targets = [
      ...healthy,
      event('a1', 'a', 2, 'gone'),
      event('a3', 'a', 2, 'healthy'),
    ];
    expect(detect({ targets })).toMatchObject([
      {
        subject: { kind: 'instance', key: 'a1' },
        detectedAt: at(2).getTime(),
        recoveredAt: at(2).getTime(),
      },
    ]);
  });

  it('finds the beginning within the minute in which requests dropped', () => {
    // It handled 6 of the 24 requests that were its share of the minute, which
    // is a quarter.
    const staysAway = requests((instance, minute) => {
      if (instance !== 'a1' || minute < 2) return {};
      return { requests: minute === 2 ? 6 : 0 };
    });
    const targets = (minute: number) => [
      ...healthy,
      event('a1', 'a', minute, 'unhealthy'),
      event('a3', 'a', 7, 'healthy'),
    ];
    const [episode] = detect({ targets: targets(2.5), requests: staysAway });
    expect(episode.startedAt).toBe(at(2.25).getTime());
    // Nothing begins after its detection.
    const [early] = detect({ targets: targets(2.1), requests: staysAway });
    expect(early.startedAt).toBe(early.detectedAt);
  });

  it('begins with the earliest evidence, or reports the beginning as unknown', () => {
    const targets = [...healthy, event('a1', 'a', 2, 'unhealthy')];
    const healthChecks = new Map([
      ['tg', { intervalMs: 30_000, unhealthyThreshold: 3 }],
    ]);
    const [unknown] = detect({ targets, requests: requests() });
    expect(unknown.startedAt).toBe(unknown.detectedAt);
    expect(unknown.steps.map(({ kind }) => kind)).not.toContain('began');
    const [checked] = detect({ targets, healthChecks });
    expect(checked.startedAt).toBe(at(1).getTime());
    expect(checked.steps[0]).toMatchObject({
      kind: 'began',
      source: 'health',
      title: 'The first of 3 health checks in a row failed',
    });
    const failing = requests((instance, minute) =>
      instance === 'a1' && (minute === 0 || minute === 1) ? { errors: 9 } : {},
    );
    const [both] = detect({ targets, healthChecks, requests: failing });
    expect(both.startedAt).toBe(at(0).getTime());
    expect(both.steps[0]).toMatchObject({ kind: 'began', source: 'requests' });
    // It was healthy 15 seconds earlier, so no check can have failed before
    // that.
    const [quick] = detect({
      targets: [
        event('x', 'a', 1.75, 'healthy'),
        event('y', 'b', -9, 'healthy'),
        event('x', 'a', 2, 'unhealthy'),
      ],
      healthChecks,
    });
    expect(quick.startedAt).toBe(at(1.75).getTime());
    // No check failed before it disappeared.
    const [vanished] = detect({
      targets: [...healthy, event('a1', 'a', 2, 'gone')],
      desired: [{ at: at(-60), value: 4 }],
      healthChecks,
    });
    expect(vanished.startedAt).toBe(vanished.detectedAt);
    const all = ['a1', 'a2', 'b1', 'b2'].map(instance =>
      event(instance, instance[0], 2, 'unhealthy'),
    );
    const [none] = detect({
      targets: [...healthy, ...all],
      requests: requests((_, minute) => (minute === 1 ? { errors: 20 } : {})),
    });
    expect(none).toMatchObject({
      subject: { kind: 'all-targets' },
      startedAt: at(1).getTime(),
      impact: { requestsFailed: 80 },
    });
  });

  it('lists the failures of an episode', () => {
    const [zone] = detect({
      targets: [
        ...healthy,
        event('a1', 'a', 2, 'unhealthy'),
        event('a2', 'a', 3, 'unhealthy'),
      ],
    });
    expect(zone.failures).toEqual([
      { key: 'tg\na1:80', from: at(2).getTime(), to: undefined },
      { key: 'tg\na2:80', from: at(3).getTime(), to: undefined },
    ]);
  });

  it('counts an instance in several target groups once', () => {
    const twice = (events: TargetEvent[]) =>
      events.flatMap(e => [e, { ...e, resourceId: 'tg-2' }]);
    expect(
      subjects(
        detect({
          targets: twice([...healthy, event('a1', 'a', 2, 'unhealthy')]),
        }),
      ),
    ).toEqual(['instance a1']);
  });

  it('finds a zone failure if all of its targets fail while others serve', () => {
    const zone = detect({
      targets: [
        ...healthy,
        event('a1', 'a', 2, 'unhealthy'),
        event('a2', 'a', 2.5, 'unhealthy'),
        event('a1', 'a', 9, 'healthy'),
        event('a2', 'a', 10, 'healthy'),
      ],
    });
    expect(subjects(zone)).toEqual(['zone a']);
    expect(zone[0]).toMatchObject({
      detectedAt: at(2).getTime(),
      recoveredAt: at(10).getTime(),
      missingData: ['no-requests'],
    });
  });

  it('reports half a zone as single instances', () => {
    const targets = [
      ...healthy,
      event('a1', 'a', 2, 'unhealthy'),
      event('a1', 'a', 4, 'healthy'),
      event('a2', 'a', 20, 'unhealthy'),
    ];
    expect(subjects(detect({ targets }))).toEqual([
      'instance a1',
      'instance a2',
    ]);
  });

  it('finds the loss of all targets, even if there is only one', () => {
    const all = ['a1', 'a2', 'b1', 'b2'].map((instance, i) =>
      event(instance, instance[0], 2 + i / 10, 'unhealthy'),
    );
    const [episode, ...others] = detect({ targets: [...healthy, ...all] });
    expect(others).toEqual([]);
    expect(episode).toMatchObject({
      subject: { kind: 'all-targets', key: 'tg' },
      detectedAt: at(2).getTime(),
    });
    expect(episode.recoveredAt).toBeUndefined();
    const single = [
      event('x', 'a', -9, 'healthy'),
      event('x', 'a', 1, 'unhealthy'),
    ];
    expect(subjects(detect({ targets: single }))).toEqual(['all-targets tg']);
  });

  it('treats flapping as one episode that ends with the last recovery', () => {
    const flapping = [0, 1, 2, 3].flatMap(i => [
      event('a1', 'a', 2 + 4 * i, 'unhealthy'),
      event('a1', 'a', 4 + 4 * i, 'healthy'),
    ]);
    const [episode, ...others] = detect({ targets: [...healthy, ...flapping] });
    expect(others).toEqual([]);
    expect(episode).toMatchObject({
      detectedAt: at(2).getTime(),
      recoveredAt: at(16).getTime(),
      flaps: 3,
    });
    const later = [
      event('a1', 'a', 40, 'unhealthy'),
      event('a1', 'a', 41, 'healthy'),
    ];
    expect(
      detect({ targets: [...healthy, ...flapping, ...later] }),
    ).toHaveLength(2);
  });

  it('ignores scale-ins, draining and targets that were never healthy', () => {
    expect(
      detect({
        targets: [
          ...healthy,
          event('a1', 'a', 1, 'draining'),
          event('a1', 'a', 2, 'gone'),
          event('a2', 'a', 3, 'gone'),
          event('b1', 'b', 20, 'gone'),
          event('new', 'a', 5, 'initial'),
          event('new', 'a', 6, 'unhealthy'),
        ],
        activities: [
          {
            activityId: '1',
            kind: 'terminate',
            status: 'successful',
            startedAt: at(2.5).toISOString(),
            causeKind: 'policy',
            instanceIds: ['a2'],
          },
        ],
        desired: [
          { at: at(-60), value: 4 },
          { at: at(19), value: 1 },
        ],
      }),
    ).toEqual([]);
  });

  it('reports missing data', () => {
    const [vanished] = detect({
      targets: [...healthy, event('a1', 'a', 2, 'gone')],
      desired: [{ at: at(-60), value: 4 }],
    });
    expect(vanished).toMatchObject({
      planned: 'unknown',
      missingData: ['no-requests', 'start-uncertain'],
    });
    const [afterGap] = detect({
      targets: [...healthy, event('a1', 'a', 30, 'unhealthy')],
      gaps: [{ from: at(10), to: at(30) }],
      requests: requests(),
    });
    expect(afterGap.missingData).toEqual([
      'gap-in-observation',
      'start-uncertain',
    ]);
    const [sparse] = detect({
      targets: [...healthy, event('a1', 'a', 2, 'unhealthy')],
      requests: requests((_, minute) => ({
        requests: minute === -10 ? 1 : 0,
      })),
    });
    expect(sparse.missingData).toEqual(['requests-too-sparse']);
  });

  it('handles clock differences and reports them', () => {
    const [episode] = detect({
      targets: [...healthy, event('a1', 'a', 2, 'unhealthy')],
      activities: [
        {
          activityId: '1',
          kind: 'terminate',
          status: 'successful',
          startedAt: at(0.5).toISOString(),
          causeKind: 'health-replacement',
          instanceIds: ['a1'],
        },
      ],
      requests: requests(),
    });
    expect(episode.missingData).toEqual(['clock-skew']);
    expect(episode.steps.map(({ kind }) => kind)).toContain('replacement');
  });

  it('does not count the replacement of an earlier failure as its own', () => {
    const replacement = (
      kind: 'launch' | 'terminate',
      minutes: number,
      instance: string,
    ) => ({
      activityId: `${kind} ${instance}`,
      kind,
      status: 'successful' as const,
      startedAt: at(minutes).toISOString(),
      causeKind: 'health-replacement' as const,
      instanceIds: [instance],
    });
    const [, second] = detect({
      targets: [
        ...healthy,
        event('a1', 'a', 2, 'unhealthy'),
        event('a3', 'a', 2.8, 'healthy'),
        event('b1', 'b', 3, 'unhealthy'),
        event('b3', 'b', 4, 'healthy'),
      ],
      activities: [
        replacement('terminate', 2.2, 'a1'),
        replacement('launch', 2.2, 'a3'),
        replacement('terminate', 3.2, 'b1'),
        replacement('launch', 3.2, 'b3'),
      ],
      requests: requests(),
    });
    expect(second.subject.key).toBe('b1');
    expect(second.missingData).toEqual([]);
    expect(
      second.steps.filter(({ kind }) => kind === 'replacement'),
    ).toHaveLength(2);
  });

  it('counts only the part of a minute that the episode covers', () => {
    const [episode] = detect({
      targets: [
        ...healthy,
        event('a1', 'a', 2.5, 'unhealthy'),
        event('a1', 'a', 2.75, 'healthy'),
      ],
      requests: requests((instance, minute) =>
        instance === 'a1' && minute === 2 ? { requests: 22 } : {},
      ),
    });
    // A quarter of a minute at 30 requests per minute, minus the requests it
    // still handled.
    expect(episode.impact.requestsShifted).toBeLessThanOrEqual(8);
  });

  it('distinguishes a deploy from a failure', () => {
    const targets = [...healthy, event('a1', 'a', 2, 'unhealthy')];
    const planned = (deploy: { at: Date; endedAt?: Date }) =>
      detect({ targets, deploys: [deploy] })[0].planned;
    expect(planned({ at: at(0), endedAt: at(5) })).toBe('yes');
    expect(planned({ at: at(-20), endedAt: at(-15) })).toBe('no');
  });
});
