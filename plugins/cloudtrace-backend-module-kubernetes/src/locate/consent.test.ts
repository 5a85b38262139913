import { clusterAt, component, scopeOf } from '../testUtils/createTestProvider';
import { deployment } from '../testUtils/objects';
import { TestClusters } from '../testUtils/TestClusters';

jest.setTimeout(60_000);

const { signal } = new AbortController();
const clusters = new TestClusters();
afterEach(() => clusters.stop());

describe('consent', () => {
  async function locateIn(
    workloads: ReturnType<typeof deployment>[],
    scopes: ReturnType<typeof scopeOf>[],
  ) {
    const server = await clusters.startServer();
    for (const workload of workloads) server.put('deployments', workload);
    const { provider } = await clusters.startProvider([clusterAt(server.url)]);
    const { locations, problems } = await provider.locate(scopes, { signal });
    return {
      found: locations.map(
        ({ scope, resource }) =>
          `${scope.entityRef.split('/')[1]}@${scope.environment} ${
            resource.name
          }`,
      ),
      problems,
    };
  }

  const id = 'backstage.io/kubernetes-id';
  const selector = 'backstage.io/kubernetes-label-selector';
  const namespace = 'backstage.io/kubernetes-namespace';

  it('shows nothing for a selector that matches everything', async () => {
    const { found, problems } = await locateIn(
      [deployment('payments'), deployment('billing', { labels: { app: 'x' } })],
      [scopeOf(component('thief', { [selector]: '!nothing' }))],
    );
    expect(found).toEqual([]);
    expect(problems).toMatchObject([{ code: 'not-linked' }]);
    expect(JSON.stringify(problems)).not.toMatch(/payments|billing|shop/);
  });

  it.each([
    ['an annotation', component('thief', { [id]: 'payments' })],
    [
      'an annotation with the namespace',
      component('thief', { [id]: 'payments', [namespace]: 'shop' }),
    ],
    ['a name', component('payments', { [selector]: '!nothing' }, 'thieves')],
  ])('gives no workload to whoever claims its id by %s', async (_, thief) => {
    const { found, problems } = await locateIn(
      [deployment('api', { labels: { [id]: 'payments' } })],
      [
        scopeOf(component('pay', { [id]: 'payments' })),
        { ...scopeOf(thief), entityRef: 'component:other/thief' },
      ],
    );
    expect(found).toEqual([]);
    const scopes = ['component:default/pay', 'component:other/thief'];
    expect(problems).toMatchObject(
      scopes.map(entityRef => ({
        code: 'not-linked',
        scope: { entityRef },
        message:
          'Entities of several owners claim the workloads with the label backstage.io/kubernetes-id: payments, so none of them shows these workloads',
      })),
    );
    expect(problems[0].nextStep).toContain('cloudtrace.io/entity: default.pay');
    // Neither sees the other, nor which workloads there are.
    expect(JSON.stringify(problems[0])).not.toMatch(/thie|api|shop/);
    expect(JSON.stringify(problems[1])).not.toMatch(/default\.pay"|api|shop/);
  });

  it('lets the label of the entity end a dispute about an id', async () => {
    const labels = { [id]: 'payments', 'cloudtrace.io/entity': 'default.pay' };
    const claims = [
      scopeOf(component('pay', { [id]: 'payments' })),
      scopeOf(component('payments')),
    ];
    const decided = await locateIn([deployment('api', { labels })], claims);
    expect(decided.found).toEqual(['pay@default shop/api']);
    expect(decided.problems).toMatchObject([
      { scope: { entityRef: 'component:default/payments' } },
    ]);

    const partly = await locateIn(
      [
        deployment('api', { labels }),
        deployment('worker', { labels: { [id]: 'payments' } }),
      ],
      claims,
    );
    expect(partly.found).toEqual(['pay@default shop/api']);
    expect(partly.problems).toMatchObject(
      ['pay', 'payments'].map(name => ({
        scope: { entityRef: `component:default/${name}` },
        message: expect.stringMatching(/^Entities of several owners claim/),
      })),
    );
  });

  it('sees no dispute between claims of different namespaces', async () => {
    const { found, problems } = await locateIn(
      [
        deployment('a', { namespace: 'team-a', labels: { [id]: 'orders' } }),
        deployment('b', { namespace: 'team-b', labels: { [id]: 'orders' } }),
      ],
      ['team-a', 'team-b'].map(name =>
        scopeOf(component(name, { [id]: 'orders', [namespace]: name })),
      ),
    );
    expect(found).toEqual([
      'team-a@default team-a/a',
      'team-b@default team-b/b',
    ]);
    expect(problems).toEqual([]);
  });

  it('gives the same answer to a claim whether a workload exists or not', async () => {
    const claims = [
      scopeOf(component('pay', { [id]: 'payments' })),
      scopeOf(component('thief', { [id]: 'payments' })),
    ];
    const exists = await locateIn(
      [deployment('api', { labels: { [id]: 'payments' } })],
      claims,
    );
    expect(await locateIn([], claims)).toEqual(exists);
  });

  it('gives the same answer whether a foreign workload exists or not', async () => {
    const thief = scopeOf(
      component('thief', { [selector]: 'app=payments', [namespace]: 'shop' }),
    );
    const exists = await locateIn(
      [deployment('payments', { labels: { app: 'payments' } })],
      [thief],
    );
    const missing = await locateIn([], [thief]);
    expect(exists).toEqual(missing);
  });

  it('lets the entity label decide, also against the id', async () => {
    const { found } = await locateIn(
      [
        deployment('api', {
          labels: { [id]: 'orders', 'cloudtrace.io/entity': 'default.billing' },
        }),
      ],
      [
        scopeOf(component('orders')),
        scopeOf(component('billing', { [selector]: `${id}=orders` })),
      ],
    );
    expect(found).toEqual(['billing@default shop/api']);
  });

  it('finds a workload by the entity label alone', async () => {
    const { found } = await locateIn(
      [
        deployment('api', {
          labels: { 'cloudtrace.io/entity': 'default.Orders' },
        }),
      ],
      [scopeOf(component('orders'))],
    );
    expect(found).toEqual(['orders@default shop/api']);
  });

  it('lets components of one owner share an id', async () => {
    const { found } = await locateIn(
      [deployment('orders')],
      [
        scopeOf(component('orders-api', { [id]: 'orders' }, 'team-a')),
        scopeOf(component('orders-worker', { [id]: 'orders' }, 'team-a')),
      ],
    );
    expect(found).toHaveLength(2);
  });

  it.each([
    ['team-a', 'group:default/team-a', 2],
    ['team-a', 'Group:Team-A', 2],
    ['team-a', 'user:team-a', 0],
    ['team-a', 'other/team-a', 0],
    [':', ':', 0],
  ])('compares owners as entities: %s and %s', async (first, second, count) => {
    const { found } = await locateIn(
      [deployment('orders')],
      [
        scopeOf(component('orders-api', { [id]: 'orders' }, first)),
        scopeOf(component('orders-worker', { [id]: 'orders' }, second)),
      ],
    );
    expect(found).toHaveLength(count);
  });

  it('links to the namespace and the environment that are named', async () => {
    const labels = { [id]: 'orders' };
    const { found } = await locateIn(
      [
        deployment('orders', { namespace: 'other', labels }),
        deployment('plain', { labels }),
        deployment('marked', {
          labels: { ...labels, 'cloudtrace.io/environment': 'staging' },
        }),
        deployment('test', { namespace: 'test', labels }),
      ],
      ['production', 'staging', 'test'].map(environment =>
        scopeOf(
          component('orders', {
            [id]: 'orders',
            [namespace]: 'shop',
            [`${namespace}.test`]: 'test',
            'cloudtrace.io/environments': 'production,staging,test',
          }),
          environment,
        ),
      ),
    );
    expect(found).toEqual([
      'orders@production shop/plain',
      'orders@staging shop/marked',
      'orders@test test/test',
    ]);
  });

  it('says that the label of a workload names another environment', async () => {
    const { found, problems } = await locateIn(
      [
        deployment('orders', {
          labels: { [id]: 'orders', 'cloudtrace.io/environment': 'production' },
        }),
      ],
      [scopeOf(component('orders'))],
    );
    expect(found).toEqual([]);
    expect(problems).toMatchObject([
      {
        code: 'not-linked',
        message: `${id}: workloads were found, but their label cloudtrace.io/environment names another environment (production)`,
        nextStep: expect.stringContaining('cloudtrace.io/environments'),
      },
    ]);
  });

  it('says in other environments that a workload names none', async () => {
    const entity = component('orders', {
      [id]: 'orders',
      'cloudtrace.io/environments': 'production,staging',
    });
    const { found, problems } = await locateIn(
      [deployment('orders')],
      [scopeOf(entity, 'production'), scopeOf(entity, 'staging')],
    );
    expect(found).toEqual(['orders@production shop/orders']);
    expect(problems).toMatchObject([
      {
        code: 'not-linked',
        scope: { environment: 'staging' },
        message: expect.stringContaining(
          'without the label cloudtrace.io/environment',
        ),
        nextStep: expect.stringContaining('cloudtrace.io/environment: staging'),
      },
    ]);
  });

  it.each([
    [{ [id]: 'x'.repeat(10_000) }, 'invalid-annotation'],
    [{ [selector]: 'a in (' }, 'invalid-annotation'],
    [{ [selector]: '../../secrets' }, 'invalid-annotation'],
    [{ [id]: 'orders', [namespace]: '../kube-system' }, 'invalid-annotation'],
    [
      { [id]: 'orders', 'backstage.io/kubernetes-cluster': 'moon' },
      'account-not-configured',
    ],
  ])(
    'explains annotations that cannot be used: %#',
    async (annotations, code) => {
      const { found, problems } = await locateIn(
        [deployment('orders')],
        [scopeOf(component('orders', annotations))],
      );
      expect(found).toEqual([]);
      expect(problems).toMatchObject([{ code }]);
      expect(problems[0].nextStep).toBeTruthy();
      expect(JSON.stringify(problems).length).toBeLessThan(1_000);
    },
  );
});
