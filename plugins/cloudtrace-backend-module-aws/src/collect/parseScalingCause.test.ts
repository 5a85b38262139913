import { parseScalingCause } from './parseScalingCause';

const START =
  'At 2026-05-01T12:00:20Z an instance was started in response to a difference between desired and actual capacity, increasing the capacity from 1 to 2.';

describe('parseScalingCause', () => {
  it.each([
    [
      `At 2026-05-01T12:00:00Z a monitor alarm TargetTracking-my-asg-AlarmHigh-7a95c75c-aaf8 in state ALARM triggered policy cpu 50 changing the desired capacity from 1 to 2.  ${START}`,
      {
        causeKind: 'policy',
        alarmName: 'TargetTracking-my-asg-AlarmHigh-7a95c75c-aaf8',
        policyName: 'cpu 50',
        fromCapacity: 1,
        toCapacity: 2,
      },
    ],
    [
      `At 2026-05-01T12:00:00Z a user request update of AutoScalingGroup constraints to min: 0, max: 16, desired: 16 changing the desired capacity from 0 to 16.  ${START}`,
      { causeKind: 'manual', fromCapacity: 0, toCapacity: 16 },
    ],
    [
      `At 2026-05-01T12:00:00Z a user request created an AutoScalingGroup changing the desired capacity from 0 to 1.  ${START}`,
      { causeKind: 'manual', fromCapacity: 0, toCapacity: 1 },
    ],
    [
      'At 2026-05-01T12:00:00Z a user request executed policy ScaleIn changing the desired capacity from 3 to 2.',
      {
        causeKind: 'policy',
        policyName: 'ScaleIn',
        fromCapacity: 3,
        toCapacity: 2,
      },
    ],
    [
      'At 2026-05-01T12:00:00Z a scheduled action update of AutoScalingGroup constraints to min: 1, max: 5, desired: 4 changing the desired capacity from 2 to 4.',
      { causeKind: 'schedule', fromCapacity: 2, toCapacity: 4 },
    ],
    [
      'At 2026-05-01T12:00:00Z an instance was taken out of service in response to an ELB system health check failure.',
      { causeKind: 'health-replacement' },
    ],
    [
      'At 2026-05-01T12:00:00Z an instance was taken out of service in response to a EC2 health check indicating it has been terminated or stopped.',
      { causeKind: 'health-replacement' },
    ],
    [
      'At 2026-05-01T12:00:00Z an instance was started in response to an unhealthy instance needing to be replaced.',
      { causeKind: 'health-replacement' },
    ],
    [
      'At 2026-05-01T12:00:00Z instance i-0abc123456789abcd was taken out of service in response to a spot instance interruption notice',
      { causeKind: 'health-replacement' },
    ],
    [
      'At 2026-05-01T12:00:00Z an instance was launched in response to an instance refresh.',
      { causeKind: 'instance-refresh' },
    ],
    [
      'At 2026-05-01T12:00:00Z instances were launched to balance instances in zones us-east-1b with other zones resulting in more than desired number of instances in the group.',
      { causeKind: 'rebalance' },
    ],
    [
      'At 2026-05-01T12:00:00Z an instance was taken out of service in response to a difference between desired and actual capacity, shrinking the capacity from 3 to 2.',
      { causeKind: 'unknown', fromCapacity: 3, toCapacity: 2 },
    ],
    [
      'monitor alarm web-app-cpu-lt-25 in state ALARM triggered policy web-app-cpu-lt-25',
      {
        causeKind: 'policy',
        alarmName: 'web-app-cpu-lt-25',
        policyName: 'web-app-cpu-lt-25',
      },
    ],
    ['minimum capacity was set to 2', { causeKind: 'manual' }],
    ['a sentence that AWS invents tomorrow', { causeKind: 'unknown' }],
    ['', { causeKind: 'unknown' }],
  ])('reads %p', (text, expected) => {
    expect(parseScalingCause(text)).toEqual(expected);
  });

  it('reads long texts in one pass', () => {
    // What goes back over the text would not come to an end within the test's time.
    const kindOf = (text: string) =>
      parseScalingCause(text.repeat(100_000)).causeKind;
    expect(kindOf('a monitor alarm ')).toBe('unknown');
    expect(kindOf('in state ALARM triggered policy ')).toBe('policy');
  });
});
