import { explainActivity } from '@cloudtrace/plugin-cloudtrace-common';
import { setupServer } from 'msw/node';
import { FakeAccount } from './testUtils/FakeAccount';
import {
  component,
  createTestProvider,
  NOW,
  scopeOf,
} from './testUtils/createTestProvider';

jest.setTimeout(60_000);

const server = setupServer();
beforeAll(() => server.listen({ onUnhandledRequest: 'error' }));
afterEach(() => server.resetHandlers());
afterAll(() => server.close());

const TAG = { 'cloudtrace:entity-ref': 'component:default/checkout' };
const ALARM = 'TargetTracking-checkout-AlarmHigh-1';

/** A service on two instances behind a load balancer, with responses as in AWS's examples. */
function checkoutAccount() {
  const account = new FakeAccount('123456789012');
  const balancer = account.arn(
    'elasticloadbalancing',
    'loadbalancer/app/checkout/50dc6c495c0c9188',
  );
  const targetGroup = account.addTargetGroup('checkout', TAG, {
    LoadBalancerArns: [balancer],
  });
  account.tagged.push({ arn: balancer, tags: TAG });
  const instance = (
    InstanceId: string,
    zone: string,
    LifecycleState: string,
  ) => ({
    InstanceId,
    AvailabilityZone: `eu-central-1${zone}`,
    LifecycleState,
    HealthStatus: 'Healthy',
    InstanceType: 't3.micro',
    ProtectedFromScaleIn: false,
  });
  account.groups.push({
    name: 'checkout',
    tags: TAG,
    targetGroups: [targetGroup],
    instances: [
      instance('i-05b4f7d5be44822a6', 'a', 'InService'),
      instance('i-0c20ac468fa3049e8', 'b', 'Terminating:Wait'),
      instance('i-0d44425630326060f', 'b', 'Reticulating'),
    ],
    extra: {
      SuspendedProcesses: [
        { ProcessName: 'ReplaceUnhealthy', SuspensionReason: 'User suspended' },
      ],
    },
  });
  account.instances.push({
    InstanceId: 'i-05b4f7d5be44822a6',
    InstanceType: 't3.micro',
    LaunchTime: '2026-11-20T08:00:00.000Z',
    Placement: { AvailabilityZone: 'eu-central-1a' },
  });
  account.targetHealth[targetGroup] = [
    {
      HealthCheckPort: '8080',
      Target: { Id: 'i-05b4f7d5be44822a6', Port: 8080 },
      TargetHealth: { State: 'healthy' },
    },
    {
      HealthCheckPort: '8080',
      Target: { Id: 'i-0c20ac468fa3049e8', Port: 8080 },
      TargetHealth: {
        State: 'unhealthy',
        Reason: 'Target.ResponseCodeMismatch',
        Description: 'Health checks failed with these codes: [503]',
      },
    },
    {
      Target: { Id: '10.0.0.7', Port: 8080, AvailabilityZone: 'all' },
      TargetHealth: { State: 'meditating', Reason: 'Target.Unheard' },
    },
  ];
  account.policies.push({
    AutoScalingGroupName: 'checkout',
    PolicyName: 'cpu50',
    PolicyType: 'TargetTrackingScaling',
    Enabled: true,
    EstimatedInstanceWarmup: 60,
    TargetTrackingConfiguration: {
      PredefinedMetricSpecification: {
        PredefinedMetricType: 'ASGAverageCPUUtilization',
      },
      TargetValue: 50,
    },
    Alarms: [
      {
        AlarmName: ALARM,
        AlarmARN: account.arn('cloudwatch', `alarm:${ALARM}`),
      },
    ],
  });
  account.scheduledActions.push({
    AutoScalingGroupName: 'checkout',
    ScheduledActionName: 'night',
    Recurrence: '0 22 * * *',
    TimeZone: 'Europe/Berlin',
    StartTime: '2026-11-20T21:00:00Z',
    DesiredCapacity: 1,
    MinSize: 1,
    MaxSize: 2,
  });
  account.activities.push({
    ActivityId: 'f9f2d65b-f1f2-43e7-b46d-d86756459699',
    AutoScalingGroupName: 'checkout',
    Description: 'Launching a new EC2 instance: i-05b4f7d5be44822a6',
    Cause: `At 2026-11-20T11:50:10Z a monitor alarm ${ALARM} in state ALARM triggered policy cpu50 changing the desired capacity from 1 to 2.  At 2026-11-20T11:50:20Z an instance was started in response to a difference between desired and actual capacity, increasing the capacity from 1 to 2.`,
    StartTime: '2026-11-20T11:50:22Z',
    EndTime: '2026-11-20T11:51:02Z',
    StatusCode: 'Successful',
    Progress: 100,
  });
  const reasonData = JSON.stringify({
    version: '1.0',
    statistic: 'Average',
    period: 60,
    unit: 'Percent',
    recentDatapoints: [71.5, 73, 74.2],
    threshold: 50,
  });
  account.alarms.push({
    AlarmName: ALARM,
    AlarmArn: account.arn('cloudwatch', `alarm:${ALARM}`),
    StateValue: 'OK',
    StateReason: 'Threshold Crossed: back to normal',
    StateUpdatedTimestamp: Date.parse('2026-11-20T11:58:00Z') / 1000,
    StateTransitionedTimestamp: Date.parse('2026-11-20T11:58:00Z') / 1000,
    MetricName: 'CPUUtilization',
    Namespace: 'AWS/EC2',
    Statistic: 'Average',
    Period: 60,
    Unit: 'Percent',
    Threshold: 50,
    ComparisonOperator: 'GreaterThanThreshold',
    Dimensions: [{ Name: 'AutoScalingGroupName', Value: 'checkout' }],
  });
  account.alarmHistory.push({
    AlarmName: ALARM,
    AlarmType: 'MetricAlarm',
    Timestamp: Date.parse('2026-11-20T11:50:05Z') / 1000,
    HistoryItemType: 'StateUpdate',
    HistorySummary: 'Alarm updated from OK to ALARM',
    HistoryData: JSON.stringify({
      version: '1.0',
      oldState: { stateValue: 'OK', stateReason: 'ok' },
      newState: {
        stateValue: 'ALARM',
        stateReason:
          'Threshold Crossed: 3 datapoints were greater than the threshold (50.0).',
        stateReasonData: JSON.parse(reasonData),
      },
    }),
  });
  account.metric = query =>
    query.MetricStat.Metric.MetricName === 'TargetResponseTime' ||
    query.MetricStat.Metric.MetricName === 'CPUUtilization'
      ? [0.25, 0.5]
      : [];
  return { account, targetGroup, balancer };
}

describe('AwsFleetProvider', () => {
  it('reports an Auto Scaling group behind a load balancer', async () => {
    const { account, targetGroup, balancer } = checkoutAccount();
    const { fake, cycle, advance } = createTestProvider([account]);
    server.use(fake.handler);
    const scopes = [
      scopeOf(
        component('checkout', { 'cloudtrace.io/load-balancer': 'checkout' }),
      ),
    ];
    const { located, reports } = await cycle(scopes);
    expect(located.problems).toEqual([]);
    expect(
      located.locations.map(l => [l.resource.type, l.locator, l.detail]),
    ).toEqual([
      ['load-balancer', 'annotation', 'cloudtrace.io/load-balancer: checkout'],
      [
        'target-group',
        'annotation',
        expect.stringContaining('through load-balancer checkout'),
      ],
      ['auto-scaling-group', 'annotation', expect.stringContaining('through')],
    ]);
    expect(reports.flatMap(r => r.problems)).toEqual([]);
    const report = (id: string) => reports.find(r => r.resource.id === id)!;
    const group = report(account.groupArn('checkout'));

    expect(group.resource).toEqual({
      provider: 'aws',
      id: account.groupArn('checkout'),
      type: 'auto-scaling-group',
      name: 'checkout',
      account: '123456789012',
      region: 'eu-central-1',
      consoleUrl:
        'https://eu-central-1.console.aws.amazon.com/ec2/home?region=eu-central-1#AutoScalingGroupDetails:id=checkout',
    });
    expect(group.group).toMatchObject({
      capacity: { min: 1, desired: 2, max: 5, inService: 1, terminating: 1 },
      suspendedProcesses: ['ReplaceUnhealthy'],
      healthCheckGraceMs: 120_000,
      scheduledActions: [
        { name: 'night', recurrence: '0 22 * * *', min: 1, desired: 1, max: 2 },
      ],
      policies: [
        {
          name: 'cpu50',
          kind: 'target-tracking',
          enabled: true,
          targetValue: 50,
          metricName: 'CPU utilisation',
          metricSeriesId: 'cpu-utilization',
          cooldownMs: 60_000,
          alarmNames: [ALARM],
        },
      ],
    });
    expect(group.instances).toEqual([
      expect.objectContaining({
        instanceId: 'i-05b4f7d5be44822a6',
        zone: 'eu-central-1a',
        state: 'in-service',
        launchedAt: '2026-11-20T08:00:00.000Z',
      }),
      expect.objectContaining({ state: 'terminating' }),
      expect.objectContaining({
        state: 'unknown',
        vendorState: 'Reticulating',
      }),
    ]);
    expect(group.activities).toEqual([
      expect.objectContaining({
        activityId: 'f9f2d65b-f1f2-43e7-b46d-d86756459699',
        kind: 'launch',
        status: 'successful',
        causeKind: 'policy',
        policyName: 'cpu50',
        alarmName: ALARM,
        fromCapacity: 1,
        toCapacity: 2,
        metricValue: 74.2,
        threshold: 50,
        comparison: '>',
        unit: '%',
        instanceIds: ['i-05b4f7d5be44822a6'],
      }),
    ]);
    expect(group.alarms).toEqual([
      expect.objectContaining({
        name: ALARM,
        state: 'ok',
        threshold: 50,
        comparison: '>',
      }),
    ]);
    expect(group.alarmTransitions).toEqual([
      expect.objectContaining({
        alarmName: ALARM,
        at: '2026-11-20T11:50:05.000Z',
        from: 'ok',
        to: 'alarm',
      }),
    ]);
    expect(group.metrics).toEqual([
      expect.objectContaining({
        seriesId: 'cpu-utilization',
        unit: '%',
        values: [0.25, 0.5],
      }),
    ]);

    expect(report(targetGroup).targets).toEqual([
      {
        targetId: 'i-05b4f7d5be44822a6:8080',
        instanceId: 'i-05b4f7d5be44822a6',
        port: 8080,
        zone: 'eu-central-1a',
        state: 'healthy',
      },
      {
        targetId: 'i-0c20ac468fa3049e8:8080',
        instanceId: 'i-0c20ac468fa3049e8',
        port: 8080,
        zone: 'eu-central-1b',
        state: 'unhealthy',
        reasonCode: 'Target.ResponseCodeMismatch',
        reason: 'Health checks failed with these codes: [503]',
      },
      {
        targetId: '10.0.0.7:8080',
        port: 8080,
        state: 'unknown',
        vendorState: 'meditating',
        reasonCode: 'Target.Unheard',
      },
    ]);
    expect(report(targetGroup).healthCheck).toEqual({
      protocol: 'HTTP',
      path: '/health',
      port: 'traffic-port',
      intervalMs: 30_000,
      timeoutMs: 5_000,
      healthyThreshold: 5,
      unhealthyThreshold: 2,
      matcher: '200',
    });
    const latency = report(targetGroup).metrics!.find(
      m => m.seriesId === 'response-time-p95',
    );
    expect(latency).toMatchObject({
      unit: 'ms',
      statistic: 'p95',
      values: [250, 500],
    });
    expect(report(balancer).targets).toBeUndefined();
    // The protocols that the SDK clients actually use.
    expect(Object.fromEntries(fake.contentTypes)).toEqual({
      autoscaling: 'application/x-www-form-urlencoded',
      elasticloadbalancing: 'application/x-www-form-urlencoded',
      ec2: 'application/x-www-form-urlencoded',
      monitoring: 'application/x-amz-json-1.0',
      tagging: 'application/x-amz-json-1.1',
    });
    expect(group.observedAt).toBe(NOW.toISOString());

    // A second poll explains an activity as before, although the alarm did not
    // change and its history is not read again.
    advance(60_000);
    fake.calls.length = 0;
    const again = (await cycle(scopes)).reports.find(
      r => r.resource.id === group.resource.id,
    )!;
    expect(fake.count({ action: 'DescribeAlarmHistory' })).toBe(0);
    expect(again.activities).toEqual(group.activities);
  });

  it('explains scaling by the active users of a service', async () => {
    const { account } = checkoutAccount();
    const metrics = [
      {
        Id: 'users',
        ReturnData: false,
        MetricStat: {
          Stat: 'Maximum',
          Period: 60,
          Metric: {
            Namespace: 'CloudTrace/Service',
            MetricName: 'ActiveUsers',
          },
        },
      },
      { Id: 'instances', ReturnData: false },
      {
        Id: 'users_per_instance',
        ReturnData: true,
        Expression: 'users / instances',
      },
    ];
    Object.assign(account.policies[0], {
      TargetTrackingConfiguration: {
        CustomizedMetricSpecification: { Metrics: metrics },
        TargetValue: 4,
      },
    });
    Object.assign(account.alarms[0], {
      ...{ MetricName: undefined, Namespace: undefined, Unit: undefined },
      Metrics: metrics,
      Threshold: 4,
    });
    Object.assign(account.alarmHistory[0], {
      HistoryData: JSON.stringify({
        newState: {
          stateValue: 'ALARM',
          stateReasonData: {
            version: '1.0',
            recentDatapoints: [4.5, 5],
            threshold: 4,
          },
        },
      }),
    });
    const { fake, cycle } = createTestProvider([account]);
    server.use(fake.handler);
    const { reports } = await cycle([
      scopeOf(
        component('checkout', { 'cloudtrace.io/load-balancer': 'checkout' }),
      ),
    ]);
    const group = reports.find(
      r => r.resource.id === account.groupArn('checkout'),
    )!;
    expect(explainActivity(group.activities![0])).toBe(
      '5 active users per instance, above 4 → +1 (1 → 2)',
    );
    expect(group.group!.policies).toEqual([
      expect.objectContaining({
        metricName: 'active users per instance',
        targetValue: 4,
      }),
    ]);
  });
});
