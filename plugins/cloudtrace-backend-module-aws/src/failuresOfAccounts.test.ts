import { mockServices } from '@backstage/backend-test-utils';
import { ConfigReader } from '@backstage/config';
import { delay, HttpResponse } from 'msw';
import { component, scopeOf } from './testUtils/createTestProvider';
import { accessKeyOf, awsError } from './testUtils/FakeAws';
import {
  account,
  fastLimits,
  GROUP_ACTIVITIES,
  scopes,
  serveOrders,
} from './testUtils/orderAccounts';
import { TAG } from './testUtils/serveAccounts';
import { AwsFleetProvider } from './AwsFleetProvider';
import { readAwsConfig } from './config/readAwsConfig';

jest.setTimeout(60_000);

const setUp = serveOrders();

describe('failures of one account', () => {
  const good = '111111111111';
  const bad = '222222222222';

  it('does not affect another account, and keeps the last known state', async () => {
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

  it('pauses the services of an account that hang', async () => {
    const { fake, cycle } = setUp([account(good), account(bad)]);
    fake.when({ accountId: bad }, async () => {
      await delay('infinite');
      return HttpResponse.text('');
    });
    for (let i = 0; i < 6; i++) await cycle(scopes);
    const before = fake.count({ accountId: bad });
    const { located, reports } = await cycle(scopes);
    expect(fake.count({ accountId: bad })).toBe(before);
    expect(located.problems).toContainEqual(
      expect.objectContaining({ code: 'timeout', account: bad }),
    );
    expect(reports.map(r => r.resource.account)).toEqual([good, good]);
  });

  it('polls an account again whose last cycle was too short', async () => {
    const busy = account(good);
    for (let i = 0; i < 30; i++) {
      busy.groups.push({
        name: `busy-${i}`,
        tags: TAG,
      });
    }
    const test = setUp([busy], {
      ...fastLimits.limits,
      concurrency: 10,
      cycleTimeout: { milliseconds: 1000 },
      requestTimeout: { seconds: 5 },
    });
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

  it('explains a missing resource by what could not be searched', async () => {
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

  it('does not wait for credentials that never arrive', async () => {
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
    const { locations, problems } = await provider.locate(scopes, { signal });
    expect(locations.map(l => l.resource.account)).toEqual([good, good]);
    expect(problems).toContainEqual(
      expect.objectContaining({ code: 'timeout', account: bad }),
    );
    expect(fake.count({ accountId: bad })).toBe(0);
  });

  it("ends when the collector's signal aborts", async () => {
    // Without the signal the two attempts would outlast the test's time limit.
    const { fake, provider } = setUp([account(good)], {
      ...fastLimits.limits,
      requestTimeout: { seconds: 40 },
    });
    fake.when({ accountId: good }, async () => {
      await delay('infinite');
      return HttpResponse.text('');
    });
    const controller = new AbortController();
    const locating = provider.locate(scopes, { signal: controller.signal });
    setTimeout(() => controller.abort(), 50);
    const { problems } = await locating;
    expect(problems[0].code).toBe('timeout');
  });
});
