import { at, detect, event, healthy } from '../testUtils/detection';
import type { Deploy, TargetEvent } from './types';

const deploy = (more: Partial<Deploy> = {}): Deploy => ({
  at: at(0),
  endedAt: at(5),
  status: 'succeeded',
  version: '1.4.2',
  ...more,
});
const crash = (minutes: number) => [
  ...healthy,
  event('a1', 'a', minutes, 'unhealthy', 'Target.Timeout'),
];
const judge = (targets: TargetEvent[], ...deploys: Deploy[]) =>
  detect({ targets, deploys })[0];

describe('judgePlanned', () => {
  it('treats replacements during a deploy as planned', () => {
    expect(judge(crash(2), deploy()).planned).toBe('yes');
    expect(
      judge(crash(2), deploy({ status: 'started', endedAt: undefined }))
        .planned,
    ).toBe('yes');
  });

  it('treats a crash after a finished deploy as unplanned and names the deploy', () => {
    const episode = judge(crash(8), deploy());
    expect(episode.planned).toBe('no');
    expect(episode.cause.summary).toBe(
      'The health check received no response in time, 3 min after deploy 1.4.2 finished',
    );
    expect(episode.steps[0]).toMatchObject({
      kind: 'note',
      source: 'deploy',
      title: 'Deploy 1.4.2 succeeded',
    });
    // Reported once, at its end.
    expect(judge(crash(2), deploy({ endedAt: undefined })).planned).toBe('no');
  });

  it.each(['failed', 'rolled-back'] as const)(
    'treats failures during a deploy that was %s as unplanned',
    status => {
      const episode = judge(crash(2), deploy({ status }));
      expect(episode.planned).toBe('no');
      expect(episode.cause.summary).toContain('during deploy 1.4.2');
      expect(judge(crash(7), deploy({ status })).cause.summary).toContain(
        `deploy 1.4.2 ${status === 'failed' ? 'failed' : 'was rolled back'}`,
      );
    },
  );

  it('treats a failure of a newly deployed instance as unplanned', () => {
    const targets = [
      ...healthy,
      event('n1', 'a', 1, 'healthy'),
      event('n1', 'a', 3, 'unhealthy'),
    ];
    expect(judge(targets, deploy()).planned).toBe('no');
  });

  it('treats the loss of all targets as unplanned', () => {
    const all = ['a1', 'a2', 'b1', 'b2'].map(id =>
      event(id, id[0], 2, 'unhealthy'),
    );
    expect(judge([...healthy, ...all], deploy())).toMatchObject({
      subject: { kind: 'all-targets' },
      planned: 'no',
      cause: { summary: expect.stringContaining('1.4.2') },
    });
  });

  it('does not name a deploy that is too old or came later', () => {
    const [before, after] = [crash(40), crash(-2)].map(
      targets => judge(targets, deploy()).cause.summary,
    );
    expect(before).not.toContain('deploy');
    expect(after).not.toContain('deploy');
  });

  it('treats only the instances of an instance refresh as planned', () => {
    const refresh = (instanceId: string, failedAt = 2) =>
      detect({
        targets: crash(failedAt),
        activities: [
          {
            activityId: '1',
            kind: 'terminate',
            status: 'successful',
            startedAt: at(2).toISOString(),
            causeKind: 'instance-refresh',
            instanceIds: [instanceId],
          },
        ],
      })[0].planned;
    expect(refresh('a1')).toBe('yes');
    expect(refresh('b1')).toBe('no');
    expect(refresh('a1', 7)).toBe('yes');
    // An earlier refresh does not explain a failure now.
    expect(refresh('a1', 8)).toBe('no');
  });
});
