import type { Entity } from '@backstage/catalog-model';
import { setupServer } from 'msw/node';
import {
  component,
  createTestProvider,
  scopeOf,
} from '../testUtils/createTestProvider';
import { FakeAccount } from '../testUtils/FakeAccount';

jest.setTimeout(60_000);

const server = setupServer();
beforeAll(() => server.listen({ onUnhandledRequest: 'error' }));
afterEach(() => server.resetHandlers());
afterAll(() => server.close());

const OWN = '111111111111';
const FOREIGN = '999999999999';
const tagFor = (name: string, environment?: string) => ({
  'cloudtrace:entity-ref': `component:default/${name}`,
  ...(environment && { 'cloudtrace:environment': environment }),
});

/** Team A's orders, tagged, and a group without any tag. */
function account() {
  const fake = new FakeAccount(OWN);
  const targetGroup = fake.addTargetGroup('orders', tagFor('orders'));
  fake.groups.push(
    { name: 'orders', tags: tagFor('orders'), targetGroups: [targetGroup] },
    { name: 'untagged', tags: {} },
  );
  return { fake, targetGroup };
}

const related = (annotations: Record<string, string>): Entity => ({
  apiVersion: 'backstage.io/v1alpha1',
  kind: 'Resource',
  metadata: { name: 'orders-db', annotations },
  spec: { type: 'database', owner: 'team-a' },
});

const ids = (result: { locations: Array<{ resource: { id: string } }> }) =>
  result.locations.map(l => l.resource.id);

describe('locate', () => {
  const { signal } = new AbortController();

  it.each([
    ['name of another team’s group', 'orders', 'not-linked'],
    [
      'ARN of another team’s group',
      new FakeAccount(OWN).groupArn('orders'),
      'not-linked',
    ],
    [
      'ARN in another account',
      new FakeAccount(FOREIGN).groupArn('orders'),
      'account-not-configured',
    ],
    ['ARN of a role', `arn:aws:iam::${OWN}:role/admin`, 'invalid-annotation'],
    ['wildcard', '*', 'invalid-annotation'],
    ['name with a wildcard', 'ord*', 'invalid-annotation'],
    [
      'ARN with a wildcard',
      `arn:aws:autoscaling:eu-central-1:${OWN}:autoScalingGroup:*:autoScalingGroupName/orders`,
      'invalid-annotation',
    ],
    [
      'ARN in another region',
      new FakeAccount(OWN, 'us-east-1').groupArn('orders'),
      'account-not-configured',
    ],
    [
      'ARN of another partition',
      new FakeAccount(OWN)
        .groupArn('orders')
        .replace('arn:aws:', 'arn:aws-cn:'),
      'invalid-annotation',
    ],
    ['URL', 'http://169.254.169.254/latest', 'invalid-annotation'],
    ['markup', '<script>alert(1)</script>', 'invalid-annotation'],
    ['control characters', 'orders\u0000\n', 'invalid-annotation'],
    ['endless text', 'x'.repeat(5000), 'invalid-annotation'],
    ['list', '["orders"]', 'invalid-annotation'],
    ['untagged group', 'untagged', 'not-linked'],
    ['group that does not exist', 'nothing-here', 'not-linked'],
  ])('shows nothing for an annotation with a %s', async (_, value, code) => {
    const { fake } = account();
    const { fake: aws, provider } = createTestProvider([fake]);
    server.use(aws.handler);
    const result = await provider.locate(
      [
        scopeOf(
          component('intruder', { 'cloudtrace.io/auto-scaling-group': value }),
        ),
      ],
      { signal },
    );
    expect(result.locations).toEqual([]);
    expect(result.problems).toEqual([
      expect.objectContaining({
        code,
        nextStep: expect.any(String),
        scope: {
          entityRef: 'component:default/intruder',
          environment: 'default',
        },
      }),
    ]);
    const said = JSON.stringify(result);
    expect(said).not.toContain('component:default/orders');
    expect(said).not.toContain('targetgroup');
    expect(said).not.toContain('<script>');
    expect(said.length).toBeLessThan(1000);
  });

  it('returns the same message for a foreign and for a missing resource', async () => {
    const { fake } = account();
    const { fake: aws, provider } = createTestProvider([fake]);
    server.use(aws.handler);
    const ask = async (name: string) => {
      const result = await provider.locate(
        [
          scopeOf(
            component('intruder', { 'cloudtrace.io/auto-scaling-group': name }),
          ),
        ],
        { signal },
      );
      return JSON.stringify(result).replaceAll(name, 'X');
    };
    expect(await ask('orders')).toBe(await ask('nowhere'));
  });

  it('does not show a shared group’s other target groups', async () => {
    const { fake } = account();
    const foreign = fake.addTargetGroup('billing', tagFor('billing'));
    fake.groups[0].targetGroups!.push(foreign);
    const { fake: aws, provider } = createTestProvider([fake]);
    server.use(aws.handler);
    const result = await provider.locate([scopeOf(component('orders'))], {
      signal,
    });
    expect(ids(result)).toHaveLength(2);
    expect(JSON.stringify(result)).not.toContain('billing');
  });

  it('reports a problem with 5,000 equal names once', async () => {
    const { fake } = account();
    const { fake: aws, provider } = createTestProvider([fake]);
    server.use(aws.handler);
    const { problems } = await provider.locate(
      [
        scopeOf(
          component('orders', {
            'cloudtrace.io/auto-scaling-group': Array(5_000)
              .fill('nothing-here')
              .join(','),
          }),
        ),
      ],
      { signal },
    );
    expect(problems.map(({ code }) => code)).toEqual(['not-linked']);
  });

  it('prefers annotations to relations to tags, per kind', async () => {
    const { fake, targetGroup } = account();
    fake.groups.push({ name: 'orders-canary', tags: tagFor('orders') });
    const db = fake.arn('rds', 'db:orders-db');
    const otherDb = fake.arn('rds', 'db:orders-replica');
    fake.tagged.push(
      { arn: db, tags: tagFor('orders') },
      { arn: otherDb, tags: tagFor('orders') },
    );
    const { fake: aws, provider } = createTestProvider([fake]);
    server.use(aws.handler);
    const result = await provider.locate(
      [
        scopeOf(
          component('orders', { 'cloudtrace.io/auto-scaling-group': 'orders' }),
          {
            relatedResources: [related({ 'aws.amazon.com/arn': db })],
          },
        ),
      ],
      { signal },
    );
    expect(result.problems).toEqual([]);
    expect(result.locations.map(l => [l.locator, l.resource.id])).toEqual([
      ['annotation', fake.groupArn('orders')],
      ['annotation', targetGroup],
      ['relation', db],
    ]);
  });

  it('does not follow a relation to a resource without consent', async () => {
    const { fake } = account();
    const db = fake.arn('rds', 'db:billing-db');
    fake.tagged.push({ arn: db, tags: tagFor('billing') });
    const { fake: aws, provider } = createTestProvider([fake]);
    server.use(aws.handler);
    const result = await provider.locate(
      [
        scopeOf(component('intruder'), {
          relatedResources: [related({ 'aws.amazon.com/arn': db })],
        }),
      ],
      { signal },
    );
    expect(result.locations).toEqual([]);
    expect(result.problems).toEqual([
      expect.objectContaining({ code: 'not-linked' }),
    ]);
  });

  it('distinguishes environments by suffix and by tag', async () => {
    const fake = new FakeAccount(OWN);
    fake.groups.push(
      { name: 'orders-prod', tags: tagFor('orders', 'production') },
      { name: 'orders-stage', tags: tagFor('orders', 'staging') },
      { name: 'orders-lab', tags: tagFor('orders') },
    );
    const { fake: aws, provider } = createTestProvider([fake]);
    server.use(aws.handler);
    const plain = component('orders');
    const byTag = await provider.locate(
      [
        scopeOf(plain, { environment: 'production' }),
        scopeOf(plain, { environment: 'staging' }),
      ],
      { signal },
    );
    expect(
      byTag.locations.map(l => [l.scope.environment, l.resource.name]),
    ).toEqual([
      ['production', 'orders-prod'],
      ['production', 'orders-lab'],
      ['staging', 'orders-stage'],
    ]);
    const annotated = component('orders', {
      'cloudtrace.io/auto-scaling-group': 'orders-prod',
      'cloudtrace.io/auto-scaling-group.staging': 'orders-stage',
    });
    const bySuffix = await provider.locate(
      [
        scopeOf(annotated, { environment: 'production' }),
        scopeOf(annotated, { environment: 'staging' }),
      ],
      { signal },
    );
    expect(
      bySuffix.locations.map(l => [l.scope.environment, l.resource.name]),
    ).toEqual([
      ['production', 'orders-prod'],
      ['staging', 'orders-stage'],
    ]);
  });

  it('does not climb from a target group to a load balancer that others share', async () => {
    const fake = new FakeAccount(OWN);
    const balancer = fake.arn(
      'elasticloadbalancing',
      'loadbalancer/app/shared/50dc6c495c0c9188',
    );
    const extra = { LoadBalancerArns: [balancer] };
    const own = fake.addTargetGroup('orders', undefined, extra);
    const other = fake.addTargetGroup('billing', undefined, extra);
    fake.loadBalancers.push({
      LoadBalancerArn: balancer,
      LoadBalancerName: 'shared',
      Type: 'application',
    });
    fake.groups.push({ name: 'orders', targetGroups: [own] });
    const { fake: aws, provider } = createTestProvider([fake], {
      requireResourceTag: false,
    });
    server.use(aws.handler);
    const locate = async (key: string, name: string) =>
      ids(
        await provider.locate([scopeOf(component('orders', { [key]: name }))], {
          signal,
        }),
      );

    expect(await locate('cloudtrace.io/target-group', 'orders')).toEqual([
      own,
      fake.groupArn('orders'),
    ]);
    // The way down works: it finds the load balancer and all that is behind it.
    expect(await locate('cloudtrace.io/load-balancer', 'shared')).toEqual([
      balancer,
      own,
      fake.groupArn('orders'),
      other,
    ]);
  });

  it('lets several entities share a resource whose tag names them', async () => {
    const fake = new FakeAccount(OWN);
    fake.groups.push({
      name: 'shared',
      tags: {
        'cloudtrace:entity-ref': 'component:default/a component:default/b',
      },
    });
    const { fake: aws, provider } = createTestProvider([fake]);
    server.use(aws.handler);
    const result = await provider.locate(
      ['a', 'b', 'c'].map(name => scopeOf(component(name))),
      { signal },
    );
    expect(result.locations.map(l => l.scope.entityRef)).toEqual([
      'component:default/a',
      'component:default/b',
    ]);
  });

  it('reads the ECS annotation of the AWS plugins', async () => {
    const fake = new FakeAccount(OWN);
    const arn = fake.arn('ecs', 'service/main/orders');
    fake.tagged.push({ arn, tags: tagFor('orders') });
    const { fake: aws, provider } = createTestProvider([fake]);
    server.use(aws.handler);
    const result = await provider.locate(
      [
        scopeOf(
          component('orders', { 'aws.amazon.com/amazon-ecs-service-arn': arn }),
        ),
      ],
      { signal },
    );
    expect(result.locations).toEqual([
      expect.objectContaining({
        locator: 'annotation',
        resource: expect.objectContaining({
          type: 'ecs-service',
          name: 'main/orders',
        }),
      }),
    ]);
  });

  it('finds untagged resources by name if no tag is required', async () => {
    const { fake } = account();
    const other = new FakeAccount('222222222222');
    other.groups.push({ name: 'twice' });
    fake.groups.push({ name: 'twice' });
    fake.services.push({
      serviceName: 'web',
      serviceArn: fake.arn('ecs', 'service/main/web'),
    });
    fake.dbInstances.push({
      DBInstanceIdentifier: 'plain-db',
      DBInstanceArn: fake.arn('rds', 'db:plain-db'),
    });
    const { fake: aws, provider } = createTestProvider([fake, other], {
      requireResourceTag: false,
    });
    server.use(aws.handler);
    const result = await provider.locate(
      [
        scopeOf(
          component('a', { 'cloudtrace.io/auto-scaling-group': 'untagged' }),
        ),
        scopeOf(
          component('b', { 'cloudtrace.io/auto-scaling-group': 'twice' }),
        ),
        scopeOf(component('c', { 'cloudtrace.io/ecs-service': 'main/web' })),
        scopeOf(component('d', { 'cloudtrace.io/db-instance': 'plain-db' })),
        scopeOf(component('e', { 'cloudtrace.io/db-instance': 'absent' })),
      ],
      { signal },
    );
    expect(ids(result)).toEqual([
      fake.groupArn('untagged'),
      fake.arn('ecs', 'service/main/web'),
      fake.arn('rds', 'db:plain-db'),
    ]);
    expect(result.problems.map(p => [p.scope?.entityRef, p.code])).toEqual([
      ['component:default/b', 'invalid-annotation'],
      ['component:default/e', 'not-found'],
    ]);
  });
});
