import fc from 'fast-check';
import {
  ACTIVE_USERS_PER_INSTANCE,
  availabilityOf,
  explainActivity,
  explainSuspendedProcess,
  explainTarget,
  isFlapping,
  nameOfProcess,
  nextStepOfFailure,
  targetIntervals,
  targetMeaning,
  type ActivityCause,
} from '.';
import { podReasons } from './podReasons';

describe('explainTarget', () => {
  it('explains known codes, with the next step', () => {
    const known = explainTarget({
      state: 'unhealthy',
      reasonCode: 'Target.ResponseCodeMismatch',
      reason: 'Health checks failed with these codes: [503]',
    });
    expect(known.summary).toContain('unexpected status code');
    expect(known.nextStep).toBeDefined();
  });

  it('shows unknown codes and states unchanged', () => {
    expect(
      explainTarget({
        state: 'unhealthy',
        reasonCode: 'New.Code',
        reason: 'x',
      }),
    ).toEqual({ summary: 'New.Code: x' });
    expect(explainTarget({ state: 'odd' })).toEqual({ summary: 'odd' });
    // Names of properties that every object has are not known codes.
    expect(
      explainTarget({ state: 'toString', reasonCode: 'constructor' }),
    ).toEqual({ summary: 'constructor' });
    expect(explainSuspendedProcess('Launch')).toContain('No instance');
    expect(explainSuspendedProcess('valueOf')).toContain('valueOf');
  });
});

describe('the reasons of pods', () => {
  it.each(Object.keys(podReasons))('%s is in words, with the facts', code => {
    const { summary } = explainTarget({ state: 'unhealthy', reasonCode: code });
    expect(summary).toMatch(/^[A-Z].{10,}[^.]$/);
    expect(
      explainTarget({ state: 'unhealthy', reasonCode: code, reason: 'app: 1' })
        .summary,
    ).toBe(`${summary}: app: 1`);
  });

  it('have a next step if something is wrong', () => {
    const without = Object.keys(podReasons).filter(
      reasonCode => !explainTarget({ state: 'unhealthy', reasonCode }).nextStep,
    );
    expect(without).toEqual([
      'Pod.Scheduling',
      'Pod.Starting',
      'Pod.Terminating',
      'Pod.Drained',
    ]);
  });

  it.each([
    ['Pod.Evicted', 'lost'],
    ['Pod.Preempted', 'lost'],
    ['Pod.NodeShutdown', 'lost'],
    ['Pod.Rejected', 'lost'],
    ['Pod.DeadlineExceeded', 'lost'],
    ['Pod.Failed', 'lost'],
    ['Pod.Completed', 'lost'],
    ['Pod.NoService', 'not-in-use'],
  ])('say whether an unused pod is lost: %s', (reasonCode, meaning) => {
    expect(targetMeaning({ state: 'unused', reasonCode })).toBe(meaning);
  });
});

describe('nameOfProcess', () => {
  it('leaves the size to the explanation, which is translated', () => {
    expect(nameOfProcess('Autoscaling at 4')).toBe('Autoscaling');
    expect(explainSuspendedProcess('Autoscaling at 4')).toContain('4');
    expect(nameOfProcess('Launch')).toBe('Launch');
  });
});

describe('explainActivity', () => {
  it('shows the stored text of a code that this version does not know', () => {
    const activity = {
      kind: 'other' as const,
      causeKind: 'unknown' as const,
      cause: 'A node came',
      coded: { cause: { code: 'node-came' as never, values: {} } },
    };
    expect(explainActivity(activity)).toBe('A node came');
  });

  it('prefers the message of the provider to the kind of cause', () => {
    expect(
      explainActivity({
        kind: 'capacity-change',
        causeKind: 'policy',
        policyName: 'web',
        fromCapacity: 2,
        toCapacity: 3,
        coded: {
          cause: {
            code: 'scaled-by-autoscaler-below',
            values: { name: 'web' },
          },
        },
      }),
    ).toBe('Autoscaler web: all metrics below their targets → +1 (2 → 3)');
  });

  it.each<[ActivityCause, string]>([
    [
      {
        kind: 'launch',
        causeKind: 'policy',
        alarmName: 'cpu-high',
        metricValue: 74.21,
        threshold: 70,
        comparison: '>',
        unit: '%',
        fromCapacity: 2,
        toCapacity: 3,
      },
      'Alarm cpu-high: 74.2 % > 70 % → +1 (2 → 3)',
    ],
    ...(
      [
        [5, '>', 4, '5 active users per instance, above 4'],
        [1, '<', 3.6, '1 active user per instance, below 3.6'],
        [4.04, '>=', 4, '4 active users per instance, at least 4'],
        [12, '<=', 12, '12 active users per instance, at most 12'],
      ] as const
    ).map(
      ([metricValue, comparison, threshold, words]): [
        ActivityCause,
        string,
      ] => [
        {
          kind: 'launch',
          causeKind: 'policy',
          alarmName: 'TargetTracking-shop-AlarmHigh-1',
          policyName: 'shop-active-users',
          metricValue,
          comparison,
          threshold,
          unit: ACTIVE_USERS_PER_INSTANCE,
        },
        `${words} → +1`,
      ],
    ),
    [
      {
        kind: 'launch',
        causeKind: 'policy',
        policyName: 'shop-active-users',
        threshold: 4,
        unit: ACTIVE_USERS_PER_INSTANCE,
      },
      'Policy shop-active-users → +1',
    ],
    [
      { kind: 'terminate', causeKind: 'schedule', policyName: 'night' },
      'Schedule night → −1',
    ],
    [
      {
        kind: 'capacity-change',
        causeKind: 'manual',
        fromCapacity: 4,
        toCapacity: 0,
      },
      'Changed manually → −4 (4 → 0)',
    ],
    [
      { kind: 'launch', causeKind: 'health-replacement' },
      'Replacement for an unhealthy instance → +1',
    ],
    [
      { kind: 'terminate', causeKind: 'interruption' },
      'The provider reclaims the instance → −1',
    ],
    [
      { kind: 'launch', causeKind: 'interruption' },
      'Replacement for an instance that the provider reclaims → +1',
    ],
    [
      { kind: 'terminate', causeKind: 'maintenance' },
      'Taken out of service for maintenance by the provider → −1',
    ],
    [
      { kind: 'launch', causeKind: 'lifetime' },
      'Replacement for an instance that reached its maximum age → +1',
    ],
    [
      { kind: 'other', causeKind: 'unknown', cause: 'As they said it' },
      'As they said it',
    ],
    [{ kind: 'other', causeKind: 'unknown' }, 'Group changed'],
    [
      {
        kind: 'launch',
        causeKind: 'policy',
        policyName: 'p',
        metricValue: 1234,
      },
      'Policy p: 1234 → +1',
    ],
  ])('%j', (activity, expected) => {
    expect(explainActivity(activity)).toBe(expected);
  });

  it('advises on known failures', () => {
    expect(nextStepOfFailure('InsufficientInstanceCapacity')).toBeDefined();
    expect(nextStepOfFailure('Something else')).toBeUndefined();
    expect(nextStepOfFailure(undefined)).toBeUndefined();
  });
});

const at = (minutes: number) => new Date(minutes * 60_000);

describe('targetIntervals', () => {
  const range = { from: at(10), to: at(60), until: at(40) };

  it('cuts a history to the range and extends the last state', () => {
    const intervals = targetIntervals(
      [
        { at: at(0), state: 'healthy' },
        { at: at(20), state: 'unhealthy', reasonCode: 'a' },
        { at: at(25), state: 'unhealthy', reasonCode: 'b' },
        { at: at(30), state: 'healthy' },
      ],
      [],
      range,
    );
    expect(
      intervals.map(({ from, to, state }) => [
        from.getTime() / 60_000,
        to && to.getTime() / 60_000,
        state,
      ]),
    ).toEqual([
      [10, 20, 'healthy'],
      [20, 25, 'unhealthy'],
      [25, 30, 'unhealthy'],
      [30, undefined, 'healthy'],
    ]);
    expect(availabilityOf(intervals, at(40))).toEqual({
      observedMs: 30 * 60_000,
      healthyMs: 20 * 60_000,
    });
  });

  it('shows gaps as gaps and does not count them', () => {
    const intervals = targetIntervals(
      [{ at: at(0), state: 'healthy' }],
      [
        { from: at(15), to: at(20) },
        { from: at(38), to: at(50) },
      ],
      range,
    );
    expect(intervals.map(({ state }) => state)).toEqual([
      'healthy',
      'no-data',
      'healthy',
      'no-data',
    ]);
    expect(availabilityOf(intervals, at(40)).observedMs).toBe(23 * 60_000);
  });

  it('covers the range without holes and overlaps', () => {
    const changes = fc.uniqueArray(
      fc.record({
        minute: fc.nat(80),
        state: fc.constantFrom('healthy', 'unhealthy', 'draining', 'gone'),
      }),
      { selector: change => change.minute, maxLength: 20 },
    );
    const gaps = fc.array(
      fc
        .tuple(fc.nat(80), fc.nat(20))
        .map(([from, length]) => ({ from: at(from), to: at(from + length) })),
      { maxLength: 4 },
    );
    fc.assert(
      fc.property(changes, gaps, (unordered, gapList) => {
        const history = unordered
          .sort((a, b) => a.minute - b.minute)
          .map(({ minute, state }) => ({ at: at(minute), state }));
        const intervals = targetIntervals(history, gapList, range);
        intervals.forEach((interval, i) => {
          expect(interval.from.getTime()).toBeGreaterThanOrEqual(
            range.from.getTime(),
          );
          expect((interval.to ?? range.until).getTime()).toBeGreaterThan(
            interval.from.getTime(),
          );
          const next = intervals[i + 1];
          if (next) expect(interval.to!.getTime()).toBe(next.from.getTime());
        });
        const { observedMs, healthyMs } = availabilityOf(
          intervals,
          range.until,
        );
        expect(healthyMs).toBeLessThanOrEqual(observedMs);
        expect(observedMs).toBeLessThanOrEqual(30 * 60_000);
      }),
    );
  });
});

describe('isFlapping', () => {
  const changes = (...minutes: number[]) =>
    minutes.map((minute, i) => ({
      at: at(minute),
      state: i % 2 ? 'unhealthy' : 'healthy',
    }));

  it('requires four changes within 15 minutes', () => {
    expect(isFlapping(changes(0, 2, 4, 6, 8))).toBe(true);
    expect(isFlapping(changes(0, 2, 4, 6))).toBe(false);
    expect(isFlapping(changes(0, 20, 40, 60, 80))).toBe(false);
    expect(isFlapping([])).toBe(false);
  });
});
