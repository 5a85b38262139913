import { component, scopeOf } from './createTestProvider';
import { FakeAccount } from './FakeAccount';
import { serveAccounts, TAG } from './serveAccounts';

/** The scope of the service `orders`, which every account has. */
export const scopes = [scopeOf(component('orders'))];

/** The call that the tests fail. */
export const GROUP_ACTIVITIES = {
  service: 'autoscaling',
  action: 'DescribeScalingActivities',
};

/** An account with a group and a target group of `orders`. */
export function account(id: string): FakeAccount {
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

/** Times out early, to test calls that hang. */
export const fastLimits = {
  limits: {
    requestTimeout: { milliseconds: 300 },
    connectionTimeout: { milliseconds: 300 },
    maxAttempts: 2,
    maxResponseBytes: 200_000,
  },
};

/** Serves accounts as AWS, for a provider that times out early. */
export function serveOrders() {
  const setUp = serveAccounts();
  return (
    accounts: FakeAccount[] = [account('111111111111')],
    limits: object = fastLimits.limits,
  ) => setUp(accounts, { limits });
}
