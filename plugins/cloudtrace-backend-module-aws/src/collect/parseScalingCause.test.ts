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
      { causeKind: 'interruption' },
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
    [
      'At 2026-05-01T12:00:00Z an instance was taken out of service in response to an EC2 instance status check failure.',
      { causeKind: 'health-replacement' },
    ],
    [
      'At 2026-05-01T12:00:00Z an instance was taken out of service in response to an EC2 instance status checks failure.',
      { causeKind: 'health-replacement' },
    ],
    [
      'At 2026-05-01T12:00:00Z an instance was taken out of service in response to EBS volume health check failure.',
      { causeKind: 'health-replacement' },
    ],
    [
      'At 2026-05-01T12:00:00Z an instance was taken out of service in response to an EC2 scheduled reboot.',
      { causeKind: 'maintenance' },
    ],
    [
      'At 2026-05-01T12:00:00Z an instance was launched in response to an EC2 instance rebalance recommendation.',
      { causeKind: 'rebalance' },
    ],
    [
      'At 2026-05-01T12:00:00Z an instance was taken out of service in response to maximum instance lifetime of 604800 seconds.',
      { causeKind: 'lifetime' },
    ],
    [
      'At 2026-05-01T12:00:00Z predictive scaling policy morning-rush changing the desired capacity from 2 to 6.',
      {
        causeKind: 'policy',
        policyName: 'morning-rush',
        fromCapacity: 2,
        toCapacity: 6,
      },
    ],
    [
      `At 2026-05-01T22:00:09Z the scheduled action scale-up-at-ten executed. Setting desired capacity from 0 to 1.  ${START}`,
      {
        causeKind: 'schedule',
        policyName: 'scale-up-at-ten',
        fromCapacity: 0,
        toCapacity: 1,
      },
    ],
    [
      "scheduled action 'night' was executed",
      { causeKind: 'schedule', policyName: 'night' },
    ],
    [
      `At 2026-05-01T12:00:00Z a monitor alarm cpu-high in state ALARM triggered policy add-one changing the desired capacity from 2 to 3.  At 2026-05-01T12:00:09Z a monitor alarm queue-long in state ALARM triggered policy add-two changing the desired capacity from 3 to 5.  ${START}`,
      {
        causeKind: 'policy',
        alarmName: 'cpu-high',
        policyName: 'add-one',
        fromCapacity: 2,
        toCapacity: 5,
      },
    ],
    [
      'At 2026-05-01T12:00:00Z a monitor alarm cpu-high in state ALARM triggered policy add-one changing the desired capacity from 1 to 2.  At 2026-05-01T12:00:20Z an instance was launched from the warm pool in response to a difference between desired and actual capacity, increasing the capacity from 1 to 2.',
      {
        causeKind: 'policy',
        alarmName: 'cpu-high',
        policyName: 'add-one',
        fromCapacity: 1,
        toCapacity: 2,
      },
    ],
    [
      'At 2026-05-01T12:00:00Z an instance was started in the warm pool in response to a difference between desired and actual warmed capacity.',
      { causeKind: 'unknown' },
    ],
    [
      'At 2026-05-01T12:00:00Z an instance was launched by the instance maintenance policy before an unhealthy instance is terminated.',
      { causeKind: 'health-replacement' },
    ],
    [
      'At 2026-05-01T12:00:00Z instance i-026e4c9f62c3e448c was taken out of service in response to a user request, shrinking the capacity from 1 to 0.',
      { causeKind: 'manual', fromCapacity: 1, toCapacity: 0 },
    ],
    [
      'At 2026-05-01T12:00:00Z instance i-05b4f7d5be44822a6 was moved to standby in response to a user request, shrinking the capacity from 4 to 3.',
      { causeKind: 'manual', fromCapacity: 4, toCapacity: 3 },
    ],
    [
      'At 2026-05-01T12:00:00Z an instance was taken out of service in response to the weather.',
      { causeKind: 'unknown' },
    ],
    ['minimum capacity was set to 2', { causeKind: 'manual' }],
    ['a sentence that AWS invents tomorrow', { causeKind: 'unknown' }],
    ['', { causeKind: 'unknown' }],
  ])('reads %p', (text, expected) => {
    expect(parseScalingCause(text)).toEqual(expected);
  });

  it('reads long texts in one pass', () => {
    // A parser that backtracks over the text would exceed the test's time limit.
    const kindOf = (text: string) =>
      parseScalingCause(text.repeat(100_000)).causeKind;
    expect(kindOf('a monitor alarm ')).toBe('unknown');
    expect(kindOf('in state ALARM triggered policy ')).toBe('policy');
  });
});
