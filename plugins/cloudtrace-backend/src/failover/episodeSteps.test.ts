import type { ScalingActivity } from '@cloudtrace/plugin-cloudtrace-common';
import {
  at,
  detect,
  event,
  healthy,
  requests,
  subjects,
} from '../testUtils/detection';

const activity = (
  kind: 'launch' | 'terminate',
  minutes: number,
  instance: string,
): ScalingActivity => ({
  activityId: `${kind} ${instance}`,
  kind,
  status: 'successful',
  startedAt: at(minutes).toISOString(),
  causeKind: 'health-replacement',
  instanceIds: [instance],
});

describe('episodeSteps', () => {
  const replacements = (episode: ReturnType<typeof detect>[number]) =>
    episode.steps
      .filter(({ kind }) => kind === 'replacement')
      .map(({ title, detail }) => `${title.split(' ').at(-1)} ${detail}`);

  it('excludes the launch of the failed instance itself', () => {
    const [episode] = detect({
      targets: [
        ...healthy,
        event('a3', 'a', 1, 'healthy'),
        event('a3', 'a', 1.8, 'unhealthy'),
        event('a4', 'a', 4, 'healthy'),
      ],
      activities: [
        activity('launch', 0.2, 'a3'),
        activity('terminate', 2, 'a3'),
        activity('launch', 2.1, 'a4'),
      ],
    });
    expect(replacements(episode)).toEqual(['service a3', 'started a4']);
    expect(episode.missingData).not.toContain('clock-skew');
  });

  it('assigns each launch to one failure, even if several failures are ongoing', () => {
    const [a, b, ...others] = detect({
      targets: [
        ...healthy,
        event('a1', 'a', 2, 'unhealthy'),
        event('a2', 'a', 2, 'unhealthy'),
        event('b1', 'b', 4, 'unhealthy'),
        ...['n1', 'n2', 'n3'].map((id, i) => event(id, 'b', 7 + i, 'healthy')),
      ],
      activities: [
        activity('terminate', 2.5, 'a1'),
        activity('terminate', 2.6, 'a2'),
        activity('launch', 2.7, 'n1'),
        activity('launch', 2.8, 'n2'),
        activity('terminate', 4.5, 'b1'),
        activity('launch', 4.6, 'n3'),
      ],
    });
    expect(others).toEqual([]);
    expect(subjects([a, b])).toEqual(['zone a', 'instance b1']);
    expect(replacements(a)).toEqual([
      'service a1',
      'service a2',
      'started n1',
      'started n2',
    ]);
    expect(replacements(b)).toEqual(['service b1', 'started n3']);
  });

  it('begins with the group if it noticed before the load balancer, on one clock', () => {
    const [episode] = detect({
      targets: [...healthy, event('a1', 'a', 2, 'unhealthy')],
      activities: [activity('terminate', 1.5, 'a1')],
      requests: requests((id, minute) =>
        id === 'a1' && minute >= 1 ? { requests: minute === 1 ? 15 : 0 } : {},
      ),
    });
    expect(episode.missingData).toEqual([]);
    expect(episode.startedAt).toBe(at(1.5).getTime());
    expect(episode.steps[0]).toMatchObject({
      kind: 'began',
      source: 'scaling',
    });
  });

  it('reports a crash loop as one episode', () => {
    const loop = ['n1', 'n2', 'n3'].flatMap((id, i) => [
      event(id, 'a', 3 + 3 * i, 'healthy'),
      event(id, 'a', 5 + 3 * i, 'unhealthy'),
    ]);
    const [episode, ...others] = detect({
      targets: [
        ...healthy,
        event('a1', 'a', 2, 'unhealthy'),
        ...loop,
        event('n4', 'a', 12, 'healthy'),
      ],
      requests: requests(),
    });
    expect(others).toEqual([]);
    expect(episode).toMatchObject({
      subject: { kind: 'instance', key: 'a1' },
      detectedAt: at(2).getTime(),
      recoveredAt: at(12).getTime(),
      flaps: 3,
    });
    expect(episode.steps.find(({ kind }) => kind === 'flapped')).toMatchObject({
      title:
        'Crash loop: 4 instances failed, each the replacement of the previous one',
      detail: 'a1, n1, n2, n3',
    });
  });

  it('does not join failures of instances that existed before', () => {
    const targets = [
      ...healthy,
      event('a1', 'a', 2, 'unhealthy'),
      event('n1', 'a', 3, 'healthy'),
      event('b1', 'b', 5, 'unhealthy'),
      event('n2', 'a', 6, 'healthy'),
      // Long after it took over the load.
      event('n1', 'a', 30, 'unhealthy'),
    ];
    expect(subjects(detect({ targets }))).toEqual([
      'instance a1',
      'instance b1',
      'instance n1',
    ]);
  });
});
