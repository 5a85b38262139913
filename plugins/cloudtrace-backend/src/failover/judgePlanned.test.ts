import type { ScalingActivity } from '@cloudtrace/plugin-cloudtrace-common';
import { at, detect, event, healthy } from '../testUtils/detection';
import type { TargetFailure } from './findTargetFailures';
import { describeDeploy, judgePlanned } from './judgePlanned';
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

describe('judgePlanned at the limits', () => {
  const failure = (more: Partial<TargetFailure> = {}) =>
    ({
      targetId: 'a1:80',
      instanceId: 'a1',
      from: at(2).getTime(),
      firstServedAt: at(-60).getTime(),
      ...more,
    } as TargetFailure);
  const refreshOf = (instanceIds: string[] | undefined) =>
    ({
      kind: 'terminate',
      startedAt: at(2).toISOString(),
      causeKind: 'instance-refresh',
      instanceIds,
    } as ScalingActivity);
  const judgeAt = (
    minutes: number,
    deploys: Deploy[],
    failures = [failure()],
    activities: ScalingActivity[] = [],
  ) =>
    judgePlanned(
      { kind: 'zone', startedAt: at(minutes).getTime(), failures },
      { deploys, activities },
    );

  it('treats an exchange as planned only if it covers every failure', () => {
    const both = [failure(), failure({ instanceId: 'b1' })];
    const of = (ids: string[] | undefined) =>
      judgeAt(2, [], both, [refreshOf(ids)]).planned;
    expect(of(['a1'])).toBe('no');
    expect(of(['a1', 'b1'])).toBe('yes');
  });

  it('explains by an activity without instances only what disappeared', () => {
    const of = (vanished: boolean, ids?: string[]) =>
      judgeAt(2, [], [failure({ vanished })], [refreshOf(ids)]).planned;
    expect(of(true)).toBe('yes');
    expect(of(true, [])).toBe('yes');
    // A pod that crashes during a rollout is a failure, not a replacement.
    expect(of(false)).toBe('no');
  });

  it('does not treat a failed exchange as planned', () => {
    const failed = { ...refreshOf(['a1']), status: 'failed' as const };
    expect(judgeAt(2, [], [failure()], [failed]).planned).toBe('no');
  });

  it('treats replacements as planned only if every instance served before the deploy', () => {
    const old = failure({ firstServedAt: at(0).getTime() - 1 });
    const newer = failure({ firstServedAt: at(0).getTime() });
    expect(judgeAt(2, [deploy()], [old, old]).planned).toBe('yes');
    expect(judgeAt(2, [deploy()], [newer]).planned).toBe('no');
    expect(judgeAt(2, [deploy()], [old, newer]).planned).toBe('no');
    expect(judgeAt(2, [deploy()], [newer, old]).planned).toBe('no');
  });

  it('includes the first and the last moment of a deploy', () => {
    expect(judgeAt(0, [deploy()]).planned).toBe('yes');
    expect(judgeAt(5, [deploy()]).planned).toBe('yes');
    expect(judgeAt(5.1, [deploy()]).planned).toBe('no');
    expect(judgeAt(-0.1, [deploy()])).toEqual({ planned: 'no' });
  });

  it('names a deploy until 30 minutes after its end', () => {
    const finished = deploy();
    expect(judgeAt(35, [finished]).deploy).toBe(finished);
    expect(judgeAt(35.1, [finished]).deploy).toBeUndefined();
  });

  it('names the newest of several deploys', () => {
    const [older, newer] = [
      deploy(),
      deploy({ at: at(6), endedAt: at(7), version: '1.4.3' }),
    ];
    expect(judgeAt(8, [older, newer]).deploy).toBe(newer);
    expect(judgeAt(8, [newer, older]).deploy).toBe(newer);
  });

  it('does not know whether the removal of a target without a deploy was planned', () => {
    const removed = [failure({ vanished: true })];
    expect(judgeAt(2, [], removed)).toEqual({ planned: 'unknown' });
    expect(judgeAt(8, [deploy()], removed).planned).toBe('no');
    expect(judgeAt(2, []).planned).toBe('no');
  });
});

describe('describeDeploy', () => {
  const describeAt = (minutes: number, more?: Partial<Deploy>) =>
    describeDeploy(deploy(more), at(minutes).getTime());
  const unnamed = { version: undefined };

  it('says that a deploy was running', () => {
    expect(describeAt(5)).toEqual({
      code: 'during-deploy',
      values: { version: '1.4.2' },
    });
    expect(describeAt(5, unnamed)).toEqual({
      code: 'during-some-deploy',
      values: {},
    });
  });

  it.each([
    ['succeeded', 'deploy'],
    ['failed', 'failed-deploy'],
    ['rolled-back', 'rolled-back-deploy'],
  ] as const)('says how long ago a deploy %s', (status, kind) => {
    expect(describeAt(7, { status })).toEqual({
      code: `after-${kind}`,
      values: { durationMs: 120_000, version: '1.4.2' },
    });
    expect(describeAt(7, { status, ...unnamed })).toEqual({
      code: `after-some-${kind}`,
      values: { durationMs: 120_000 },
    });
  });
});
