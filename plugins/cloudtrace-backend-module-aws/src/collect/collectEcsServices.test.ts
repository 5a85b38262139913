import type { FleetGroup } from '@cloudtrace/plugin-cloudtrace-common';
import { component, scopeOf } from '../testUtils/createTestProvider';
import { FakeAccount } from '../testUtils/FakeAccount';
import { awsError } from '../testUtils/FakeAws';
import { serveAccounts, TAG } from '../testUtils/serveAccounts';

jest.setTimeout(60_000);

const setUp = serveAccounts();
const seconds = (time: string) => Date.parse(time) / 1000;

describe('ECS services', () => {
  function orders() {
    const account = new FakeAccount('123456789012');
    const serviceArn = account.arn('ecs', 'service/main/orders');
    account.tagged.push({ arn: serviceArn, tags: TAG });
    const targetGroup = account.addTargetGroup('orders', TAG, {
      TargetType: 'ip',
    });
    account.services.push({
      serviceName: 'orders',
      serviceArn,
      desiredCount: 2,
      runningCount: 2,
      pendingCount: 0,
      loadBalancers: [{ targetGroupArn: targetGroup, containerPort: 8080 }],
      deployments: [{ id: 'ecs-svc/1', rolloutState: 'COMPLETED' }],
      events: [
        {
          id: 'e-3',
          createdAt: seconds('2026-11-20T11:00:00Z'),
          message: '(service orders) has reached a steady state.',
        },
        {
          id: 'e-2',
          createdAt: seconds('2026-11-20T10:59:00Z'),
          message:
            '(service orders) was unable to place a task because no container instance met all of its requirements.',
        },
        {
          id: 'e-1',
          createdAt: seconds('2026-11-20T10:58:00Z'),
          message:
            '(service orders) has started 1 tasks: (task 0123456789abcdef0123456789abcdef).',
        },
      ],
    });
    for (let i = 0; i < 150; i++) {
      const id = String(i).padStart(32, '0');
      account.tasks.push({
        taskArn: account.arn('ecs', `task/main/${id}`),
        group: 'service:orders',
        lastStatus: i === 0 ? 'DANCING' : 'RUNNING',
        availabilityZone: 'eu-central-1a',
        launchType: 'FARGATE',
        startedAt: seconds('2026-11-20T08:00:00Z'),
        containers: [
          { networkInterfaces: [{ privateIpv4Address: `10.0.0.${i}` }] },
        ],
      });
    }
    account.targetHealth[targetGroup] = [
      {
        Target: { Id: '10.0.0.7', Port: 8080 },
        TargetHealth: { State: 'healthy' },
      },
    ];
    account.scalableTargets.push({
      ServiceNamespace: 'ecs',
      ResourceId: 'service/main/orders',
      ScalableDimension: 'ecs:service:DesiredCount',
      MinCapacity: 1,
      MaxCapacity: 8,
      SuspendedState: { DynamicScalingInSuspended: true },
    });
    account.ecsPolicies.push({
      PolicyName: 'step',
      ResourceId: 'service/main/orders',
      PolicyType: 'StepScaling',
      StepScalingPolicyConfiguration: {
        AdjustmentType: 'ChangeInCapacity',
        Cooldown: 60,
        StepAdjustments: [
          {
            MetricIntervalLowerBound: 0,
            MetricIntervalUpperBound: 20,
            ScalingAdjustment: 1,
          },
          { MetricIntervalLowerBound: 20, ScalingAdjustment: 3 },
        ],
      },
      Alarms: [
        {
          AlarmName: 'orders-queue',
          AlarmARN: account.arn('cloudwatch', 'alarm:orders-queue'),
        },
      ],
    });
    account.alarms.push({
      AlarmName: 'orders-queue',
      AlarmArn: account.arn('cloudwatch', 'alarm:orders-queue'),
      StateValue: 'ALARM',
      StateReasonData: JSON.stringify({
        recentDatapoints: [120],
        threshold: 100,
        unit: 'Count',
      }),
      StateTransitionedTimestamp: seconds('2026-11-20T10:57:00Z'),
      Namespace: 'AWS/SQS',
      MetricName: 'ApproximateNumberOfMessagesVisible',
      Dimensions: [{ Name: 'QueueName', Value: 'orders' }],
      Statistic: 'Maximum',
      Period: 60,
      Threshold: 100,
      ComparisonOperator: 'GreaterThanOrEqualToThreshold',
    });
    account.ecsActivities.push({
      ActivityId: 'e6c5f7d1-dbbb-4a3f-89b2-51f33e766399',
      ServiceNamespace: 'ecs',
      ResourceId: 'service/main/orders',
      Description: 'Setting desired count to 2.',
      Cause: 'monitor alarm orders-queue in state ALARM triggered policy step',
      StartTime: seconds('2026-11-20T10:57:30Z'),
      EndTime: seconds('2026-11-20T10:58:30Z'),
      StatusCode: 'Successful',
      StatusMessage:
        'Successfully set desired count to 2. Change successfully fulfilled by ecs.',
    });
    account.metric = query =>
      query.MetricStat.Metric.Namespace === 'AWS/SQS' ? [80, 120] : [];
    return { account, serviceArn, targetGroup };
  }

  it('reports tasks, scaling and the metric that drives it', async () => {
    const { account, serviceArn, targetGroup } = orders();
    const { cycle, fake, advance } = setUp([account]);
    const scopes = [
      scopeOf(
        component('orders', { 'cloudtrace.io/ecs-service': 'main/orders' }),
      ),
    ];
    const { reports } = await cycle(scopes);
    expect(reports.flatMap(r => r.problems)).toEqual([]);
    const service = reports.find(r => r.resource.id === serviceArn)!;
    expect(service.instances).toHaveLength(150);
    expect(service.instances![0]).toMatchObject({
      state: 'unknown',
      vendorState: 'DANCING',
    });
    expect(service.instances![1]).toEqual({
      instanceId: '00000000000000000000000000000001',
      zone: 'eu-central-1a',
      state: 'in-service',
      vendorState: 'RUNNING',
      instanceType: 'FARGATE',
      launchedAt: '2026-11-20T08:00:00.000Z',
    });
    expect(service.group).toMatchObject({
      capacity: { min: 1, desired: 2, max: 8, inService: 2, pending: 0 },
      suspendedProcesses: ['DynamicScalingIn'],
      policies: [
        {
          name: 'step',
          kind: 'step',
          cooldownMs: 60_000,
          metricName: 'ApproximateNumberOfMessagesVisible',
          metricSeriesId: 'policy-step',
          thresholds: [
            { comparison: '>=', value: 100, adjustment: 1 },
            { comparison: '>=', value: 120, adjustment: 3 },
          ],
        },
      ],
    });
    expect(service.activities).toEqual([
      expect.objectContaining({
        kind: 'capacity-change',
        causeKind: 'policy',
        alarmName: 'orders-queue',
        metricValue: 120,
        threshold: 100,
        toCapacity: 2,
      }),
      expect.objectContaining({
        kind: 'launch',
        status: 'failed',
        message: expect.stringContaining('unable to place a task'),
      }),
      expect.objectContaining({
        activityId: 'e-1',
        kind: 'launch',
        instanceIds: ['0123456789abcdef0123456789abcdef'],
      }),
    ]);
    expect(service.metrics).toEqual([
      expect.objectContaining({
        seriesId: 'policy-step',
        statistic: 'Maximum',
        values: [80, 120],
      }),
    ]);
    // Targets of type ip lead to the task with that address.
    const targets = reports.find(r => r.resource.id === targetGroup)!;
    expect(targets.targets).toEqual([
      expect.objectContaining({
        targetId: '10.0.0.7:8080',
        instanceId: '00000000000000000000000000000007',
        zone: 'eu-central-1a',
      }),
    ]);
    expect(fake.contentTypes.get('ecs')).toBe('application/x-amz-json-1.1');

    // Tasks are read again only if the service changed.
    fake.calls.length = 0;
    advance(60_000);
    await cycle(scopes);
    expect(fake.count({ action: 'ListTasks' })).toBe(0);
    account.services[0].events.unshift({
      id: 'e-4',
      createdAt: seconds('2026-11-20T12:00:30Z'),
      message: 'x',
    });
    advance(60_000);
    await cycle(scopes);
    expect(fake.count({ action: 'ListTasks' })).toBe(2);
  });

  it.each<[string, (group: FleetGroup) => unknown[], unknown[]]>([
    [
      'DescribeScalableTargets',
      ({ capacity, suspendedProcesses: suspended }) => [
        capacity.min,
        capacity.max,
        suspended,
      ],
      [1, 8, ['DynamicScalingIn']],
    ],
    [
      'DescribeScalingPolicies',
      ({ policies }) => [policies && policies.length],
      [1],
    ],
    ['DescribeScheduledActions', group => [group.scheduledActions], [[]]],
  ])('treats a denied %s as unknown', async (action, partsOf, known) => {
    const { account, serviceArn } = orders();
    const { cycle, fake } = setUp([account]);
    const recover = fake.when(
      { service: 'application-autoscaling', action },
      call => awsError(call, 'AccessDeniedException', 400),
    );
    const read = async () =>
      (await cycle([scopeOf(component('orders'))])).reports.find(
        r => r.resource.id === serviceArn,
      )!;
    const refused = await read();
    expect(refused.group!.capacity).toMatchObject({ desired: 2, inService: 2 });
    expect(partsOf(refused.group!)).toEqual(known.map(() => undefined));
    expect(refused.problems).toEqual([
      expect.objectContaining({
        code: 'access-denied',
        missingPermission: `application-autoscaling:${action}`,
        resourceId: serviceArn,
      }),
    ]);
    recover();
    const allowed = await read();
    expect(partsOf(allowed.group!)).toEqual(known);
    expect(allowed.problems).toEqual([]);
  });

  it('distinguishes a service without activities from activities that could not be read', async () => {
    const { account, serviceArn } = orders();
    account.services[0].events = [];
    account.ecsActivities = [];
    const { cycle, fake } = setUp([account]);
    const read = async () =>
      (await cycle([scopeOf(component('orders'))])).reports.find(
        r => r.resource.id === serviceArn,
      )!;
    const recover = fake.when(
      {
        service: 'application-autoscaling',
        action: 'DescribeScalingActivities',
      },
      call => awsError(call, 'AccessDeniedException', 400),
    );
    const refused = await read();
    expect(refused.activities).toBeUndefined();
    expect(refused.problems).toMatchObject([
      {
        missingPermission: 'application-autoscaling:DescribeScalingActivities',
      },
    ]);
    recover();
    expect((await read()).activities).toEqual([]);
  });

  it('gives a service without automatic scaling a fixed size', async () => {
    const { account, serviceArn } = orders();
    account.scalableTargets = [];
    const { cycle } = setUp([account]);
    const { reports } = await cycle([scopeOf(component('orders'))]);
    const service = reports.find(r => r.resource.id === serviceArn)!;
    expect(service.group).toMatchObject({
      capacity: { min: 2, desired: 2, max: 2 },
      suspendedProcesses: [],
    });
  });

  it('shows a service scaled to zero', async () => {
    const { account, serviceArn } = orders();
    account.tasks = [];
    Object.assign(account.services[0], { desiredCount: 0, runningCount: 0 });
    const { cycle } = setUp([account]);
    const { reports } = await cycle([scopeOf(component('orders'))]);
    const service = reports.find(r => r.resource.id === serviceArn)!;
    expect(service.problems).toEqual([]);
    expect(service.instances).toEqual([]);
    expect(service.group!.capacity).toMatchObject({ desired: 0, inService: 0 });
  });
});
