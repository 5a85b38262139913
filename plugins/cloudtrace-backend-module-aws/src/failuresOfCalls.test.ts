import { delay, HttpResponse } from 'msw';
import { NOW } from './testUtils/createTestProvider';
import { awsError, type FakeCall } from './testUtils/FakeAws';
import {
  account,
  GROUP_ACTIVITIES,
  scopes,
  serveOrders,
} from './testUtils/orderAccounts';

jest.setTimeout(60_000);

const setUp = serveOrders();

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
      'persistent throttling',
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
      'an endless response',
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
    const { reports } = await cycle(scopes);
    // Not more often than `maxAttempts`.
    expect(fake.count(GROUP_ACTIVITIES)).toBeLessThanOrEqual(2);
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

  it('requests new credentials once if a session ended early', async () => {
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
    'treats a denied %s as unknown, not as none',
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

  it('leaves transitions to the collector while alarm history is denied', async () => {
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

  it('reads a whole history after a failed first attempt', async () => {
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

  it('catches up on history that it missed while a part failed', async () => {
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

  it('reports that a list was longer than what was read', async () => {
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
