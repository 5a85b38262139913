import { describe, expect, it } from 'vitest';
import { PAUSE_PARAMETER } from './declaredState.js';
import { activityOf } from './events.js';
import { alarm, aws, handler, load, logs, now, portal, scheduled, unhealthy, writes } from './setUp.js';

describe('an alarm', () => {
  it('of CPU replaces the instance that is stuck while the others are not', async () => {
    load('CPUUtilization', { 'i-1': 97, 'i-2': 35, 'i-3': 40 });
    await handler(alarm('orders-instance-cpu'));
    expect(unhealthy()).toEqual(['i-1']);
    expect(portal.events[0]).toMatchObject({
      action: 'replace instance i-1',
      instanceId: 'i-1',
      reason: 'CPU at 97 % on average over the last minutes',
    });
  });

  it('of CPU leaves a busy group to its scaling policy', async () => {
    load('CPUUtilization', { 'i-1': 97, 'i-2': 92, 'i-3': 95 });
    await handler(alarm('orders-instance-cpu'));
    expect(unhealthy()).toEqual([]);
    expect(logs[0]).toContain('no instance has a problem of its own');
  });

  it.each([
    ['instances that are all too small', { 'i-1': 96, 'i-2': 91, 'i-3': 88 }],
    ['a pair without a third', { 'i-1': 92, 'i-2': 91 }],
  ])('of memory replaces none of %s', async (_name, percents) => {
    load('mem_used_percent', percents);
    await handler(alarm('orders-instance-memory'));
    expect(unhealthy()).toEqual([]);
  });

  it.each([
    ['memory', 'mem_used_percent', 59, []],
    ['memory', 'mem_used_percent', 61, ['i-1']],
    ['cpu', 'CPUUtilization', 14, []],
    ['cpu', 'CPUUtilization', 16, ['i-1']],
  ])(
    'of %s does not replace an instance that just started: %s after %i minutes',
    async (figure, metric, minutes, replaced) => {
      load(metric, { 'i-1': 97, 'i-2': 35, 'i-3': 40 });
      aws.state.group.activities = [
        launched('i-1', minutes),
        launched('i-2', 600),
      ];
      await handler(alarm(`orders-instance-${figure}`));
      expect(unhealthy()).toEqual(replaced);
    },
  );

  it('stops after three replacements within an hour, which it reports once until the alarm recovers', async () => {
    load('CPUUtilization', { 'i-1': 97, 'i-2': 35, 'i-3': 40 });
    aws.state.group.activities = [
      replaced('i-7', 5),
      launched('i-8', 10),
      replaced('i-8', 30),
      replaced('i-9', 55),
    ];
    aws.state.alarms = ['orders-instance-cpu'];
    await handler(alarm('orders-instance-cpu'));
    await handler(scheduled);
    expect(unhealthy()).toEqual([]);
    expect(portal.events).toEqual([
      expect.objectContaining({
        status: 'failed',
        action: 'replace instance i-1',
        reason:
          'CPU at 97 % on average over the last minutes, but replacing instances does not help: ' +
          '3 were replaced for their health within an hour',
      }),
    ]);

    aws.state.alarms = [];
    await handler(scheduled);
    await handler(alarm('orders-instance-cpu'));
    expect(portal.events).toHaveLength(2);
  });

  it('counts neither older replacements nor scaling', async () => {
    load('CPUUtilization', { 'i-1': 97, 'i-2': 35, 'i-3': 40 });
    aws.state.group.activities = [
      replaced('i-7', 5),
      {
        ...replaced('i-8', 6),
        cause: 'a monitor alarm triggered policy down, shrinking the capacity',
      },
      replaced('i-9', 7),
      replaced('i-6', 61),
    ];
    await handler(alarm('orders-instance-cpu'));
    expect(unhealthy()).toEqual(['i-1']);
  });

  it('of memory replaces one instance at a time', async () => {
    load('mem_used_percent', { 'i-1': 94, 'i-2': 96, 'i-3': 50 });
    aws.state.alarms = ['orders-instance-memory'];
    await handler(scheduled);
    await handler(scheduled);
    expect(unhealthy()).toEqual(['i-2']);
  });

  it.each([
    [
      'another instance is starting',
      () => (aws.state.group.instances[2]!.state = 'Pending'),
    ],
    [
      'another instance is unhealthy',
      () => (aws.state.group.instances[2]!.health = 'Unhealthy'),
    ],
    ['it is the only instance', () => aws.state.group.instances.splice(1)],
  ])('replaces nothing while %s', async (_name, arrange) => {
    load('mem_used_percent', { 'i-1': 99, 'i-2': 20, 'i-3': 20 });
    arrange();
    await handler(alarm('orders-instance-memory'));
    expect(writes()).toEqual([]);
  });

  it('replaces nothing without enough data', async () => {
    aws.state.metrics['CPUUtilization i-1'] = [99, 99];
    aws.state.metrics['CPUUtilization i-2'] = [10, 10, 10];
    await handler(alarm('orders-instance-cpu'));
    expect(writes()).toEqual([]);
  });

  it('that recovered, or that is not ours, changes nothing', async () => {
    load('CPUUtilization', { 'i-1': 97, 'i-2': 35, 'i-3': 40 });
    await handler(alarm('orders-instance-cpu', 'OK'));
    await handler(alarm('orders-latency-p95'));
    expect(writes()).toEqual([]);
  });
});

describe('what Auto Scaling does', () => {
  const activity = (type: string, detail = {}) =>
    handler(activityOf(`EC2 Instance ${type}`, 'orders-production', detail));

  it('for the health of an instance is reported with its cause', async () => {
    await activity('Terminate Successful');
    expect(portal.events).toEqual([
      expect.objectContaining({
        status: 'succeeded',
        action: 'replace instance i-1',
        instanceId: 'i-1',
        at: '2026-11-30T01:58:00.000Z',
        endedAt: '2026-11-30T01:59:00.000Z',
        reason: expect.stringContaining(
          'in response to an ELB system health check failure',
        ) as string,
        description: expect.stringContaining(
          'Changed by: Auto Scaling.',
        ) as string,
      }),
    ]);
  });

  it('that failed is reported with the reason', async () => {
    await activity('Launch Unsuccessful', {
      StatusMessage: 'Not enough capacity.',
      Cause: 'At 2026-11-30T01:58:00Z an instance was started.',
    });
    expect(portal.events[0]).toMatchObject({
      status: 'failed',
      action: 'launch instance i-1',
      reason: expect.stringContaining('Not enough capacity') as string,
    });
    expect(aws.published[0]?.subject).toContain('Could not heal: launch');
  });

  it.each([
    ['Launch Successful', {}],
    [
      'Terminate Successful',
      {
        Cause: 'a monitor alarm triggered policy down, shrinking the capacity',
      },
    ],
  ])('for scaling is not reported as healing: %s', async (type, detail) => {
    await activity(type, detail);
    expect(portal.events).toEqual([]);
  });

  it('lets an alarm be handled that had to wait for it', async () => {
    load('mem_used_percent', { 'i-1': 95, 'i-2': 20, 'i-3': 20 });
    aws.state.alarms = ['orders-instance-memory'];
    await activity('Launch Successful');
    expect(unhealthy()).toEqual(['i-1']);
  });

  it('is reported during a pause, too', async () => {
    aws.state.parameters[PAUSE_PARAMETER] = {
      value: '2026-11-30T02:10:00Z',
      lastModified: new Date('2026-11-30T01:50:00Z'),
    };
    await activity('Terminate Successful');
    expect(portal.events).toHaveLength(1);
  });
});

function launched(id: string, minutesAgo: number) {
  return {
    description: `Launching a new EC2 instance: ${id}`,
    cause:
      'an instance was launched in response to an unhealthy instance needing to be replaced.',
    startedAt: minutesBefore(minutesAgo),
  };
}

function replaced(id: string, minutesAgo: number) {
  return {
    description: `Terminating EC2 instance: ${id}`,
    cause:
      'an instance was taken out of service in response to a user health-check.',
    startedAt: minutesBefore(minutesAgo),
  };
}

function minutesBefore(minutes: number): Date {
  return new Date(now.getTime() - minutes * 60_000);
}

