import { component, NOW, scopeOf } from '../testUtils/createTestProvider';
import { FakeAccount } from '../testUtils/FakeAccount';
import { awsError } from '../testUtils/FakeAws';
import { serveAccounts, TAG } from '../testUtils/serveAccounts';
import { awsCalls } from './awsCalls';

jest.setTimeout(60_000);

const setUp = serveAccounts();

/** Service names in the hosts of their endpoints. */
const HOSTS = {
  autoScaling: 'autoscaling',
  applicationAutoScaling: 'application-autoscaling',
  cloudWatch: 'monitoring',
  elasticLoadBalancing: 'elasticloadbalancing',
  ec2: 'ec2',
  rds: 'rds',
  ecs: 'ecs',
  tagging: 'tagging',
  securityHub: 'securityhub',
  inspector: 'inspector2',
};

/** An account in which a cycle makes every call of the table. */
function accountWithEverything(): FakeAccount {
  const account = new FakeAccount('111111111111');
  const targetGroup = account.addTargetGroup('orders', TAG);
  account.targetHealth[targetGroup] = [
    { Target: { Id: 'i-1', Port: 80 }, TargetHealth: { State: 'healthy' } },
  ];
  account.groups.push({
    name: 'orders',
    tags: TAG,
    targetGroups: [targetGroup],
    instances: [{ InstanceId: 'i-1', LifecycleState: 'InService' }],
  });
  account.policies.push({
    AutoScalingGroupName: 'orders',
    PolicyName: 'cpu',
    Alarms: [{ AlarmName: 'cpu' }],
  });
  account.alarms.push({
    AlarmName: 'cpu',
    StateValue: 'ALARM',
    StateTransitionedTimestamp: NOW.getTime() / 1000,
  });
  account.tagged.push({ arn: account.arn('rds', 'db:orders'), tags: TAG });
  account.tagged.push({ arn: account.arn('rds', 'cluster:all'), tags: TAG });
  account.tagged.push({ arn: account.arn('ecs', 'service/c/s'), tags: TAG });
  account.services.push({
    serviceArn: account.arn('ecs', 'service/c/s'),
    serviceName: 's',
    runningCount: 1,
  });
  account.tasks.push({
    taskArn: account.arn('ecs', 'task/c/1'),
    group: 'service:s',
  });
  account.dbClusters.push({ DBClusterIdentifier: 'all' });
  account.dbInstances.push({ DBInstanceIdentifier: 'orders' });
  return account;
}

const scopes = [scopeOf(component('orders'))];

describe('an action that the policy denies', () => {
  it.each(Object.entries(awsCalls))(
    'appears in a problem of the affected resource: %s',
    async (_, { service, iamAction }) => {
      // CloudTrace lists load balancers only if no tag is required.
      const config = {
        requireResourceTag: !iamAction.endsWith(':DescribeLoadBalancers'),
      };
      const { fake, cycle } = setUp([accountWithEverything()], config);
      const match = {
        service: HOSTS[service],
        action: iamAction.split(':')[1],
      };
      const healthy = await cycle(scopes);
      const all = ({ located, reports }: typeof healthy) => [
        ...located.problems,
        ...reports.flatMap(report => report.problems),
      ];
      expect(all(healthy)).toEqual([]);
      expect(fake.count(match)).toBeGreaterThan(0);

      const refused = setUp([accountWithEverything()], config);
      refused.fake.when(match, call => awsError(call, 'AccessDenied', 403));
      const problems = all(await refused.cycle(scopes)).filter(
        problem => problem.missingPermission === iamAction,
      );
      expect(problems.length).toBeGreaterThan(0);
      for (const { resourceId, account } of problems) {
        expect(resourceId ?? account).toBeDefined();
      }
    },
  );

  it('appears for alarms that only their tag links to a resource', async () => {
    const account = accountWithEverything();
    account.policies = [];
    account.tagged.push({
      arn: account.arn('cloudwatch', 'alarm:by-tag'),
      tags: TAG,
    });
    const { fake, cycle } = setUp([account]);
    fake.when({ action: 'DescribeAlarms' }, call =>
      awsError(call, 'AccessDenied', 403),
    );
    const { reports } = await cycle(scopes);
    for (const { alarms, problems } of reports) {
      expect(alarms).toBeUndefined();
      expect(problems).toMatchObject([
        { missingPermission: 'cloudwatch:DescribeAlarms' },
      ]);
    }
  });
});
