import { setupServer } from 'msw/node';
import {
  component,
  createTestProvider,
  scopeOf,
} from './testUtils/createTestProvider';
import { FakeAccount } from './testUtils/FakeAccount';
import { formList } from './testUtils/FakeAws';

jest.setTimeout(60_000);

const server = setupServer();
beforeAll(() => server.listen({ onUnhandledRequest: 'error' }));
afterEach(() => server.resetHandlers());
afterAll(() => server.close());

const tagFor = (name: string) => ({
  'cloudtrace:entity-ref': `component:default/${name}`,
});

/** A group with an instance, a target group behind a load balancer, a policy and its alarms. */
function addService(account: FakeAccount, name: string, index: number) {
  const balancer = account.arn(
    'elasticloadbalancing',
    'loadbalancer/app/shared/50dc6c495c0c9188',
  );
  const targetGroup = account.addTargetGroup(name, tagFor(name), {
    LoadBalancerArns: [balancer],
  });
  const InstanceId = `i-${account.accountId.slice(0, 4)}${String(
    index,
  ).padStart(13, '0')}`;
  account.groups.push({
    name,
    tags: tagFor(name),
    targetGroups: [targetGroup],
    desired: 1,
    instances: [
      {
        InstanceId,
        AvailabilityZone: 'eu-central-1a',
        LifecycleState: 'InService',
        HealthStatus: 'Healthy',
      },
    ],
  });
  account.targetHealth[targetGroup] = [
    {
      Target: { Id: InstanceId, Port: 80 },
      TargetHealth: { State: 'healthy' },
    },
  ];
  const alarms = ['High', 'Low'].map(
    level => `TargetTracking-${name}-Alarm${level}`,
  );
  account.policies.push({
    AutoScalingGroupName: name,
    PolicyName: 'cpu',
    PolicyType: 'TargetTrackingScaling',
    TargetTrackingConfiguration: {
      PredefinedMetricSpecification: {
        PredefinedMetricType: 'ASGAverageCPUUtilization',
      },
      TargetValue: 50,
    },
    Alarms: alarms.map(AlarmName => ({ AlarmName })),
  });
  for (const AlarmName of alarms) {
    account.alarms.push({
      AlarmName,
      AlarmArn: account.arn('cloudwatch', `alarm:${AlarmName}`),
      StateValue: 'OK',
      StateUpdatedTimestamp: 1_763_000_000,
      Namespace: 'AWS/EC2',
      MetricName: 'CPUUtilization',
      Threshold: 50,
      ComparisonOperator: 'GreaterThanThreshold',
      Dimensions: [{ Name: 'AutoScalingGroupName', Value: name }],
    });
  }
  return targetGroup;
}

describe('500 groups in 3 accounts', () => {
  const accounts = ['111111111111', '222222222222', '333333333333'].map(
    id => new FakeAccount(id),
  );
  const scopes = Array.from({ length: 500 }, (_, i) => {
    const name = `svc-${i}`;
    addService(accounts[i % 3], name, i);
    return scopeOf(
      component(name, { 'cloudtrace.io/auto-scaling-group': name }),
    );
  });
  accounts.forEach(account => {
    account.metric = query =>
      query.MetricStat.Metric.MetricName === 'HealthyHostCount'
        ? [1, 1]
        : [0, 0];
  });

  it('makes at most 40 calls per account if nothing changed, and notices what did', async () => {
    const { fake, cycle, advance } = createTestProvider(accounts);
    server.use(fake.handler);
    const first = await cycle(scopes);
    expect(first.located.problems).toEqual([]);
    expect(first.reports).toHaveLength(1000);
    expect(first.reports.flatMap(r => r.problems)).toEqual([]);
    // The first cycle reads every target group and every history.
    expect(first.reports.filter(r => r.targets?.length === 1)).toHaveLength(
      500,
    );

    for (const minutes of [1, 6]) {
      advance(minutes * 60_000);
      fake.calls.length = 0;
      const { reports } = await cycle(scopes);
      expect(reports.flatMap(r => r.problems)).toEqual([]);
      for (const { accountId } of accounts) {
        expect(fake.count({ accountId })).toBeLessThanOrEqual(40);
        expect(
          fake.count({ accountId, action: 'DescribeAutoScalingGroups' }),
        ).toBeLessThanOrEqual(10);
      }
    }
    for (const call of fake.calls) {
      expect(
        formList(call.params, 'AutoScalingGroupNames').length,
      ).toBeLessThanOrEqual(50);
      expect((call.params.MetricDataQueries ?? []).length).toBeLessThanOrEqual(
        500,
      );
      expect((call.params.AlarmNames ?? []).length).toBeLessThanOrEqual(100);
    }

    // One of 167 target groups becomes unhealthy; only CloudWatch's count shows it.
    const { TargetGroupArn: sick } = accounts[1].targetGroups[120];
    accounts[1].targetHealth[sick][0].TargetHealth = {
      State: 'unhealthy',
      Reason: 'Target.Timeout',
    };
    const suffix = sick.slice(sick.lastIndexOf(':') + 1);
    accounts[1].metric = query => {
      const { MetricName, Dimensions } = query.MetricStat.Metric;
      const isSick = Dimensions.some(
        (d: { Value: string }) => d.Value === suffix,
      );
      return MetricName === 'HealthyHostCount' && isSick ? [0, 0] : [1, 1];
    };
    advance(60_000);
    fake.calls.length = 0;
    const { reports } = await cycle(scopes);
    const report = reports.find(r => r.resource.id === sick)!;
    expect(report.targets).toEqual([
      expect.objectContaining({
        state: 'unhealthy',
        reasonCode: 'Target.Timeout',
      }),
    ]);
    // While it is unhealthy, every cycle polls it.
    accounts[1].metric = () => [];
    advance(60_000);
    const next = await cycle(scopes);
    expect(
      next.reports.find(r => r.resource.id === sick)!.targets,
    ).toHaveLength(1);
  }, 120_000);
});

it('makes one call for a group that 500 entities share', async () => {
  const account = new FakeAccount('111111111111');
  account.groups.push({ name: 'shared' });
  const { fake, cycle } = createTestProvider([account], {
    requireResourceTag: false,
  });
  server.use(fake.handler);
  const scopes = Array.from({ length: 500 }, (_, i) =>
    scopeOf(
      component(`svc-${i}`, { 'cloudtrace.io/auto-scaling-group': 'shared' }),
    ),
  );
  const { located, reports } = await cycle(scopes);
  expect(located.locations).toHaveLength(500);
  expect(reports).toHaveLength(1);
  expect(fake.count({ action: 'DescribeAutoScalingGroups' })).toBe(1);
  expect(fake.count({ action: 'DescribeScalingActivities' })).toBe(1);
});

it('reads a history of 1,000 activities once, then only what is new', async () => {
  const account = new FakeAccount('111111111111');
  account.groups.push({ name: 'busy', tags: tagFor('busy') });
  account.activities = Array.from({ length: 1000 }, (_, i) => ({
    ActivityId: `activity-${i}`,
    AutoScalingGroupName: 'busy',
    Description: `Launching a new EC2 instance: i-${String(i).padStart(
      17,
      '0',
    )}`,
    Cause: 'At 2026-11-19T00:00:00Z a sentence that nobody has seen before.',
    StartTime: new Date(
      Date.parse('2026-11-19T00:00:00Z') - i * 1000,
    ).toISOString(),
    EndTime: '2026-11-19T00:01:00Z',
    StatusCode: i === 0 ? 'SomethingNew' : 'Successful',
  }));
  const { fake, cycle, advance } = createTestProvider([account]);
  server.use(fake.handler);
  const scopes = [scopeOf(component('busy'))];
  const [first] = (await cycle(scopes)).reports;
  expect(new Set(first.activities!.map(a => a.activityId)).size).toBe(1000);
  expect(first.activities![0]).toMatchObject({
    status: 'unknown',
    vendorStatus: 'SomethingNew',
    causeKind: 'unknown',
    cause: 'At 2026-11-19T00:00:00Z a sentence that nobody has seen before.',
  });
  expect(fake.count({ action: 'DescribeScalingActivities' })).toBe(10);

  account.activities.unshift({
    ActivityId: 'new-one',
    AutoScalingGroupName: 'busy',
    Description: 'Terminating EC2 instance: i-0123456789abcdef0',
    Cause: 'x',
    StartTime: '2026-11-20T12:00:30Z',
    StatusCode: 'InProgress',
  });
  advance(60_000);
  const [second] = (await cycle(scopes)).reports;
  expect(second.activities!.map(a => a.activityId)).toEqual(['new-one']);
  // It ends much later; cycles read it again until then.
  account.activities[0] = {
    ...account.activities[0],
    StatusCode: 'Successful',
    EndTime: '2026-11-20T12:40:00Z',
  };
  advance(45 * 60_000);
  const [third] = (await cycle(scopes)).reports;
  expect(third.activities).toEqual([
    expect.objectContaining({ status: 'successful' }),
  ]);
});

it('shows an empty group and a group scaled to zero correctly', async () => {
  const account = new FakeAccount('111111111111');
  const targetGroup = account.addTargetGroup('zero', tagFor('zero'));
  account.groups.push({
    name: 'zero',
    tags: tagFor('zero'),
    min: 0,
    desired: 0,
    max: 0,
    targetGroups: [targetGroup],
  });
  const { fake, cycle } = createTestProvider([account]);
  server.use(fake.handler);
  const { located, reports } = await cycle([scopeOf(component('zero'))]);
  expect(located.problems).toEqual([]);
  expect(reports.flatMap(r => r.problems)).toEqual([]);
  const group = reports.find(r => r.resource.type === 'auto-scaling-group')!;
  expect(group.group!.capacity).toEqual({
    min: 0,
    desired: 0,
    max: 0,
    inService: 0,
    pending: 0,
    terminating: 0,
  });
  expect(group.instances).toEqual([]);
  expect(reports.find(r => r.resource.id === targetGroup)!.targets).toEqual([]);
});

it('does not apply the policies of a group to a later group of the same name', async () => {
  const account = new FakeAccount('111111111111');
  account.groups.push({ name: 'again', tags: tagFor('again') });
  account.policies.push({ AutoScalingGroupName: 'again', PolicyName: 'old' });
  const { fake, cycle, advance } = createTestProvider([account]);
  server.use(fake.handler);
  const policies = async () =>
    (await cycle([scopeOf(component('again'))])).reports[0].group?.policies;
  expect(await policies()).toMatchObject([{ name: 'old' }]);

  const arnOf = account.groupArn.bind(account);
  account.groupArn = name =>
    arnOf(name).replace(
      /:autoScalingGroup:[^:]+/,
      ':autoScalingGroup:22222222-2222-2222-2222-222222222222',
    );
  account.policies = [];
  advance(10_000);
  expect(await policies()).toEqual([]);
});

it('reports a group that vanished between two polls', async () => {
  const account = new FakeAccount('111111111111');
  account.groups.push({ name: 'gone', tags: tagFor('gone') });
  const { fake, cycle, provider } = createTestProvider([account]);
  server.use(fake.handler);
  const { reports } = await cycle([scopeOf(component('gone'))]);
  account.groups = [];
  const [report] = await provider.collect([reports[0].resource], {
    signal: new AbortController().signal,
    since: () => undefined,
  });
  expect(report.group).toBeUndefined();
  expect(report.problems).toEqual([
    expect.objectContaining({ code: 'not-found' }),
  ]);
});
