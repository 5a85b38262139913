import { delay, HttpResponse } from 'msw';
import { FakeAccount } from './testUtils/FakeAccount';
import { accessKeyOf, awsError } from './testUtils/FakeAws';
import { account, fastLimits, scopes } from './testUtils/orderAccounts';
import { serveAccounts, TAG } from './testUtils/serveAccounts';

jest.setTimeout(60_000);

const ID = '111111111111';
const setUpWith = serveAccounts();
const setUp = (accounts = [account(ID)], limits: object = fastLimits.limits) =>
  setUpWith(accounts, { limits });
const TARGET_HEALTH = {
  service: 'elasticloadbalancing',
  action: 'DescribeTargetHealth',
};

/** Runs consecutive cycles; resolves to the last one. */
async function cycles(
  test: ReturnType<typeof setUp>,
  count: number,
): ReturnType<typeof test.cycle> {
  for (let i = 1; i < count; i++) {
    await test.cycle(scopes);
    test.advance(60_000);
  }
  return test.cycle(scopes);
}

describe('failures of one service', () => {
  it('neither pause other services nor hide the first failure', async () => {
    const test = setUp();
    const { fake } = test;
    await test.cycle(scopes);
    fake.when({ service: 'elasticloadbalancing' }, call =>
      awsError(call, 'InternalFailure', 500),
    );
    await cycles(test, 8);
    fake.calls.length = 0;
    const { located, reports } = await test.cycle(scopes);
    expect(fake.count({ service: 'elasticloadbalancing' })).toBe(0);
    expect(fake.count({ service: 'autoscaling' })).toBeGreaterThan(0);
    const problems = [
      ...located.problems,
      ...reports.flatMap(report => report.problems),
    ];
    expect(problems.length).toBeGreaterThan(0);
    for (const { code, message } of problems) {
      expect(code).toBe('unavailable');
      expect(message).toContain('elasticloadbalancing:DescribeTargetHealth');
    }
  });

  it('stay in their region', async () => {
    const regions = ['eu-central-1', 'ap-east-1'];
    const accounts = regions.map(region => {
      const fake = new FakeAccount(ID, region);
      fake.groups.push({ name: `orders-${region}`, tags: TAG });
      return fake;
    });
    const test = setUpWith(accounts, {
      ...fastLimits,
      accounts: [{ accountId: ID, regions }],
    });
    test.fake.when({ region: 'ap-east-1' }, call =>
      awsError(call, 'OptInRequired', 403),
    );
    const { located, reports } = await cycles(test, 8);
    expect(located.problems.map(({ region, code }) => [region, code])).toEqual([
      ['ap-east-1', 'not-enabled'],
      ['ap-east-1', 'not-enabled'],
    ]);
    expect(reports).toHaveLength(1);
    expect(reports[0].problems).toEqual([]);
  });

  it('name expired keys for as long as calls are paused', async () => {
    const test = setUp();
    await test.cycle(scopes);
    test.fake.when({ service: 'autoscaling' }, call =>
      awsError(call, 'ExpiredToken', 403),
    );
    const { reports } = await cycles(test, 5);
    const codes = new Set(
      reports.flatMap(report => report.problems.map(({ code }) => code)),
    );
    expect([...codes]).toEqual(['expired-credentials']);
  });

  it('cost a cycle only the time of the hanging call', async () => {
    const orders = account(ID);
    orders.tagged.push({ arn: orders.arn('rds', 'db:orders'), tags: TAG });
    orders.metric = () => [1];
    const test = setUp([orders], {
      ...fastLimits.limits,
      cycleTimeout: { seconds: 4 },
      requestTimeout: { seconds: 30 },
    });
    test.fake.when({ action: 'DescribeDBInstances' }, async () => {
      await delay('infinite');
      return HttpResponse.text('');
    });
    const { reports } = await test.cycle(scopes);
    const group = reports.find(r => r.resource.type === 'auto-scaling-group')!;
    expect(group.problems).toEqual([]);
    expect(group.metrics!.length).toBeGreaterThan(0);
    const database = reports.find(r => r.resource.type === 'db-instance')!;
    expect(database.problems).toEqual([
      expect.objectContaining({ code: 'timeout' }),
    ]);
    expect(database.databaseEvents).toEqual([]);
  });

  it('are not retried in each cycle while AWS throttles the service', async () => {
    const orders = account(ID);
    for (let i = 0; i < 11; i++) orders.addTargetGroup(`orders-${i}`, TAG);
    const test = setUp([orders]);
    test.fake.when(TARGET_HEALTH, call => awsError(call, 'Throttling'));
    const { reports } = await cycles(test, 10);
    // Those in flight when the first was throttled, each tried twice.
    expect(test.fake.count(TARGET_HEALTH)).toBeLessThanOrEqual(12);
    const refused = reports.filter(r => r.resource.type === 'target-group');
    expect(refused).toHaveLength(12);
    for (const { problems, targets, readAt } of refused) {
      expect(problems).toMatchObject([{ code: 'throttled' }]);
      expect(targets).toBeUndefined();
      expect(readAt).not.toHaveProperty('targets');
    }
  });

  it('do not assume the role again for each call if a region rejects its keys', async () => {
    const test = setUpWith([account(ID)], {
      ...fastLimits,
      accounts: [
        {
          accountId: ID,
          regions: ['eu-central-1'],
          roleArn: `arn:aws:iam::${ID}:role/CloudTraceRead`,
        },
      ],
    });
    test.fake.when({ service: 'sts' }, () => ({
      Credentials: {
        AccessKeyId: accessKeyOf(ID),
        SecretAccessKey: 's',
        SessionToken: 't',
        Expiration: '2099-01-01T00:00:00Z',
      },
    }));
    await test.cycle(scopes);
    test.fake.when({ accountId: ID }, call =>
      awsError(call, 'UnrecognizedClientException', 403),
    );
    await cycles(test, 10);
    expect(test.fake.count({ service: 'sts' })).toBe(2);
  });

  it('request a role once per cycle if AWS denies it', async () => {
    const test = setUpWith([account(ID)], {
      ...fastLimits,
      accounts: [
        {
          accountId: ID,
          regions: ['eu-central-1'],
          roleArn: `arn:aws:iam::${ID}:role/CloudTraceRead`,
        },
      ],
    });
    test.fake.when({ service: 'sts' }, call =>
      awsError(
        call,
        'AccessDenied',
        403,
        'not authorized to perform: sts:AssumeRole on resource: x',
      ),
    );
    const { located } = await test.cycle(scopes);
    expect(test.fake.count({ service: 'sts' })).toBe(1);
    expect(located.problems).toMatchObject([
      { missingPermission: 'sts:AssumeRole' },
    ]);
  });
});
