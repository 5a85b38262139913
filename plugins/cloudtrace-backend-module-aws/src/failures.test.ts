import { mockServices } from '@backstage/backend-test-utils';
import { ConfigReader } from '@backstage/config';
import { delay, HttpResponse } from 'msw';
import { setupServer } from 'msw/node';
import {
  component,
  createTestProvider,
  NOW,
  scopeOf,
} from './__testUtils__/createTestProvider';
import { FakeAccount } from './__testUtils__/FakeAccount';
import { accessKeyOf, awsError, type FakeCall } from './__testUtils__/FakeAws';
import { AwsFleetProvider } from './AwsFleetProvider';
import { readAwsConfig } from './config/readAwsConfig';

jest.setTimeout(60_000);

const server = setupServer();
beforeAll(() => server.listen({ onUnhandledRequest: 'error' }));
afterEach(() => server.resetHandlers());
afterAll(() => server.close());

const TAG = { 'cloudtrace:entity-ref': 'component:default/orders' };
const scopes = [scopeOf(component('orders'))];
const GROUP_ACTIVITIES = {
  service: 'autoscaling',
  action: 'DescribeScalingActivities',
};

function account(id: string) {
  const fake = new FakeAccount(id);
  const targetGroup = fake.addTargetGroup('orders', TAG);
  fake.groups.push({
    name: `orders-${id[0]}`,
    tags: TAG,
    targetGroups: [targetGroup],
  });
  fake.targetHealth[targetGroup] = [
    { Target: { Id: 'i-1', Port: 80 }, TargetHealth: { State: 'healthy' } },
  ];
  return fake;
}

const fastLimits = {
  limits: {
    requestTimeout: { milliseconds: 300 },
    connectionTimeout: { milliseconds: 300 },
    maxAttempts: 2,
    maxResponseBytes: 200_000,
  },
};

function setUp(accounts: FakeAccount[] = [account('111111111111')]) {
  const test = createTestProvider(accounts, fastLimits);
  server.use(test.fake.handler);
  return test;
}

describe('failures of one call', () => {
  it.each<[string, (call: FakeCall) => Response | Promise<Response>, object]>([
    [
      'access denied',
      call =>
        awsError(
          call,
          'AccessDenied',
          403,
          'User: arn:aws:sts::111111111111:assumed-role/secret-role/s is not authorized to perform: autoscaling:DescribeScalingActivities because no identity-based policy allows it',
        ),
      {
        code: 'access-denied',
        missingPermission: 'autoscaling:DescribeScalingActivities',
      },
    ],
    [
      'throttling that lasts',
      call => awsError(call, 'Throttling', 400, 'Rate exceeded'),
      { code: 'throttled' },
    ],
    [
      'an HTML 500',
      () => HttpResponse.html('<html>Bad gateway</html>', { status: 502 }),
      { code: 'unavailable' },
    ],
    [
      'an HTML 200',
      () => HttpResponse.html('<html><body>Log in</body>'),
      { code: 'invalid-response' },
    ],
    [
      'truncated XML',
      () =>
        HttpResponse.xml(
          '<DescribeScalingActivitiesResponse><DescribeScalingActivitiesResult><Activities><member><Activ',
        ),
      { code: 'invalid-response' },
    ],
    [
      'an answer without end',
      () => HttpResponse.xml(`<a>${'x'.repeat(500_000)}</a>`),
      { code: 'invalid-response' },
    ],
    ['a reset connection', () => HttpResponse.error(), { code: 'unavailable' }],
    [
      'a hung connection',
      async () => {
        await delay('infinite');
        return HttpResponse.text('');
      },
      { code: 'timeout' },
    ],
  ])('keeps everything else after %s', async (_, answer, problem) => {
    const { fake, cycle } = setUp();
    fake.when(GROUP_ACTIVITIES, answer);
    const startMs = Date.now();
    const { reports } = await cycle(scopes);
    expect(Date.now() - startMs).toBeLessThan(10_000);
    const group = reports.find(r => r.resource.type === 'auto-scaling-group')!;
    expect(group.activities).toBeUndefined();
    expect(group.group?.capacity.desired).toBe(2);
    expect(group.problems).toEqual([
      expect.objectContaining({
        ...problem,
        nextStep: expect.any(String),
        resourceId: group.resource.id,
      }),
    ]);
    expect(JSON.stringify(group.problems)).not.toMatch(
      /secret|html|Rate exceeded/i,
    );
    const targets = reports.find(r => r.resource.type === 'target-group')!;
    expect(targets.problems).toEqual([]);
    expect(targets.targets).toHaveLength(1);
  });

  it('retries throttling that passes', async () => {
    const { fake, cycle } = setUp();
    let tries = 0;
    fake.when(GROUP_ACTIVITIES, call =>
      tries++ === 0 ? awsError(call, 'Throttling') : { Activities: [] },
    );
    const { reports } = await cycle(scopes);
    expect(tries).toBe(2);
    expect(reports.flatMap(r => r.problems)).toEqual([]);
  });

  it('asks once for new credentials when a session ended early', async () => {
    const { fake, cycle } = setUp();
    let tries = 0;
    fake.when(GROUP_ACTIVITIES, call =>
      tries++ === 0 ? awsError(call, 'ExpiredToken', 403) : { Activities: [] },
    );
    const { reports } = await cycle(scopes);
    expect(tries).toBe(2);
    expect(reports.flatMap(r => r.problems)).toEqual([]);
  });

  it.each([
    ['DescribePolicies', 'policies', 'scheduledActions'],
    ['DescribeScheduledActions', 'scheduledActions', 'policies'],
  ] as const)(
    'takes a refused %s for not known, not for none',
    async (action, refusedPart, otherPart) => {
      const { fake, cycle } = setUp();
      const recover = fake.when({ service: 'autoscaling', action }, call =>
        awsError(call, 'AccessDenied', 403),
      );
      const groupOf = async () =>
        (await cycle(scopes)).reports.find(
          r => r.resource.type === 'auto-scaling-group',
        )!;
      const refused = await groupOf();
      expect(refused.group?.capacity.desired).toBe(2);
      expect(refused.group?.[refusedPart]).toBeUndefined();
      expect(refused.group?.[otherPart]).toEqual([]);
      expect(refused.problems).toEqual([
        expect.objectContaining({
          code: 'access-denied',
          missingPermission: `autoscaling:${action}`,
          resourceId: refused.resource.id,
        }),
      ]);
      recover();
      expect((await groupOf()).group?.[refusedPart]).toEqual([]);
    },
  );

  it('leaves transitions to the collector while alarm history is refused', async () => {
    const orders = account('111111111111');
    orders.policies.push({
      AutoScalingGroupName: 'orders-1',
      PolicyName: 'p',
      Alarms: [{ AlarmName: 'cpu' }],
    });
    orders.alarms.push({
      AlarmName: 'cpu',
      StateValue: 'ALARM',
      StateTransitionedTimestamp: NOW.getTime() / 1000,
    });
    const { fake, cycle } = setUp([orders]);
    const recover = fake.when({ action: 'DescribeAlarmHistory' }, call =>
      awsError(call, 'AccessDenied', 403),
    );
    const groupOf = async () =>
      (await cycle(scopes)).reports.find(
        r => r.resource.type === 'auto-scaling-group',
      )!;
    const refused = await groupOf();
    expect(refused.alarms).toHaveLength(1);
    expect(refused.alarmTransitions).toBeUndefined();
    expect(refused.problems).toEqual([
      expect.objectContaining({
        missingPermission: 'cloudwatch:DescribeAlarmHistory',
      }),
    ]);
    recover();
    expect((await groupOf()).alarmTransitions).toEqual([]);
  });

  it('reads all of a history whose first reading failed', async () => {
    const orders = account('111111111111');
    orders.activities.push({
      ActivityId: 'weeks-ago',
      AutoScalingGroupName: 'orders-1',
      Cause: 'x',
      StartTime: '2026-10-20T00:00:00Z',
      StatusCode: 'Successful',
    });
    const { fake, cycle, advance } = setUp([orders]);
    const recover = fake.when(GROUP_ACTIVITIES, call =>
      awsError(call, 'AccessDenied', 403),
    );
    await cycle(scopes);
    recover();
    advance(60_000);
    const { reports } = await cycle(scopes);
    const group = reports.find(r => r.resource.type === 'auto-scaling-group')!;
    expect(group.activities!.map(a => a.activityId)).toEqual(['weeks-ago']);
  });

  it('makes up for history that it missed while a part failed', async () => {
    const orders = account('111111111111');
    const { fake, cycle, advance } = setUp([orders]);
    await cycle(scopes);
    const recover = fake.when(GROUP_ACTIVITIES, call =>
      awsError(call, 'AccessDenied', 403),
    );
    advance(60_000);
    orders.activities.push({
      ActivityId: 'missed',
      AutoScalingGroupName: 'orders-1',
      Cause: 'x',
      StartTime: new Date(NOW.getTime() + 60_000).toISOString(),
      StatusCode: 'Successful',
    });
    for (let hour = 0; hour < 3; hour++) {
      await cycle(scopes);
      advance(3_600_000);
    }
    recover();
    const { reports } = await cycle(scopes);
    const group = reports.find(r => r.resource.type === 'auto-scaling-group')!;
    expect(group.activities!.map(a => a.activityId)).toEqual(['missed']);
  });

  it('names credentials that stay expired', async () => {
    const { fake, cycle } = setUp();
    fake.when(GROUP_ACTIVITIES, call => awsError(call, 'ExpiredToken', 403));
    const { reports } = await cycle(scopes);
    expect(reports.flatMap(r => r.problems)).toEqual([
      expect.objectContaining({ code: 'expired-credentials' }),
    ]);
    expect(fake.count(GROUP_ACTIVITIES)).toBe(2);
  });

  it('says that a list was longer than what was read', async () => {
    const orders = account('111111111111');
    orders.activities = Array.from({ length: 6000 }, (_, i) => ({
      ActivityId: `a-${i}`,
      AutoScalingGroupName: 'orders-1',
      Cause: 'x',
      StartTime: '2026-11-01T00:00:00Z',
      StatusCode: 'Successful',
    }));
    const { fake, cycle } = setUp([orders]);
    const { reports } = await cycle(scopes);
    const group = reports.find(r => r.resource.type === 'auto-scaling-group')!;
    expect(group.activities).toHaveLength(5000);
    expect(group.problems).toEqual([
      expect.objectContaining({ code: 'truncated' }),
    ]);
    expect(fake.count(GROUP_ACTIVITIES)).toBe(50);
  });
});

describe('failures of one account', () => {
  const good = '111111111111';
  const bad = '222222222222';

  it('does not touch another account, and keeps what was last known', async () => {
    const { fake, cycle, advance } = setUp([account(good), account(bad)]);
    const first = await cycle(scopes);
    expect(first.located.locations).toHaveLength(4);
    fake.when({ accountId: bad }, call =>
      awsError(
        call,
        'AccessDenied',
        403,
        'not authorized to perform: sts:AssumeRole on resource: x',
      ),
    );
    advance(60_000);
    const second = await cycle(scopes);
    expect(second.located.locations).toHaveLength(4);
    expect(second.located.problems).toContainEqual(
      expect.objectContaining({
        code: 'access-denied',
        missingPermission: 'sts:AssumeRole',
      }),
    );
    const problemsOf = (id: string) =>
      second.reports
        .filter(r => r.resource.account === id)
        .flatMap(r => r.problems);
    expect(problemsOf(good)).toEqual([]);
    expect(problemsOf(bad).length).toBeGreaterThan(0);
  });

  it('pauses an account that hangs, within the time of a cycle', async () => {
    const { fake, cycle } = setUp([account(good), account(bad)]);
    fake.when({ accountId: bad }, async () => {
      await delay('infinite');
      return HttpResponse.text('');
    });
    const startMs = Date.now();
    for (let i = 0; i < 6; i++) await cycle(scopes);
    expect(Date.now() - startMs).toBeLessThan(15_000);
    const before = fake.count({ accountId: bad });
    const { located, reports } = await cycle(scopes);
    expect(fake.count({ accountId: bad })).toBe(before);
    expect(located.problems).toContainEqual(
      expect.objectContaining({ code: 'unavailable' }),
    );
    expect(reports.map(r => r.resource.account)).toEqual([good, good]);
  }, 30_000);

  it('goes on with an account whose last cycle was too short', async () => {
    const busy = account(good);
    for (let i = 0; i < 30; i++) {
      busy.groups.push({ name: `busy-${i}`, tags: TAG });
    }
    const test = createTestProvider([busy], {
      limits: {
        ...fastLimits.limits,
        concurrency: 10,
        cycleTimeout: { milliseconds: 1000 },
        requestTimeout: { seconds: 5 },
      },
    });
    server.use(test.fake.handler);
    const slow = test.fake.when(GROUP_ACTIVITIES, async () => {
      await delay(400);
      return { Activities: [] };
    });
    const cut = await test.cycle(scopes);
    const codes = new Set(
      cut.reports.flatMap(r => r.problems).map(problem => problem.code),
    );
    expect([...codes]).toEqual(['timeout']);
    slow();
    test.advance(60_000);
    const { located, reports } = await test.cycle(scopes);
    expect(located.problems).toEqual([]);
    expect(reports.flatMap(r => r.problems)).toEqual([]);
    expect(reports.filter(r => r.activities)).toHaveLength(31);
  });

  it('explains an absence by what could not be searched', async () => {
    const { fake, provider } = setUp([account(good), account(bad)]);
    fake.when({ accountId: bad, service: 'autoscaling' }, call =>
      awsError(call, 'AccessDenied', 403),
    );
    const { problems } = await provider.locate(
      [
        scopeOf(
          component('orders', {
            'cloudtrace.io/auto-scaling-group': 'elsewhere',
          }),
        ),
      ],
      { signal: new AbortController().signal },
    );
    expect(problems).toContainEqual(
      expect.objectContaining({
        code: 'access-denied',
        missingPermission: 'autoscaling:DescribeAutoScalingGroups',
        scope: scopes[0] && {
          entityRef: scopes[0].entityRef,
          environment: 'default',
        },
        message: expect.stringContaining('not everything could be searched'),
      }),
    );
  });

  it('is not held up by credentials that never come', async () => {
    const hung = account(bad);
    const { fake } = setUp([account(good), hung]);
    const config = readAwsConfig(
      new ConfigReader({
        cloudtrace: {
          aws: {
            ...fastLimits,
            accounts: [good, bad].map(accountId => ({
              accountId,
              regions: ['eu-central-1'],
            })),
          },
        },
      }),
    )!;
    const provider = new AwsFleetProvider({
      config,
      logger: mockServices.logger.mock(),
      credentials: {
        getCredentialProvider: async options =>
          options?.accountId === bad
            ? new Promise<never>(() => {})
            : {
                sdkCredentialProvider: async () => ({
                  accessKeyId: accessKeyOf(good),
                  secretAccessKey: 's',
                }),
              },
      },
    });
    const { signal } = new AbortController();
    const startMs = Date.now();
    const { locations, problems } = await provider.locate(scopes, { signal });
    expect(Date.now() - startMs).toBeLessThan(10_000);
    expect(locations.map(l => l.resource.account)).toEqual([good, good]);
    expect(problems).toContainEqual(
      expect.objectContaining({ code: 'timeout', account: bad }),
    );
    expect(fake.count({ accountId: bad })).toBe(0);
  });

  it('ends with the signal of the collector', async () => {
    const { fake, provider } = setUp();
    fake.when({ accountId: good }, async () => {
      await delay('infinite');
      return HttpResponse.text('');
    });
    const controller = new AbortController();
    const locating = provider.locate(scopes, { signal: controller.signal });
    setTimeout(() => controller.abort(), 50);
    const startMs = Date.now();
    const { problems } = await locating;
    expect(Date.now() - startMs).toBeLessThan(250);
    expect(problems[0].code).toBe('timeout');
  });
});
