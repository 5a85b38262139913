import {
  clusterAt,
  component,
  createTestProvider,
  scopeOf,
} from '../testUtils/createTestProvider';
import { pathOfKind, sendStatus } from '../testUtils/FakeApiServer';
import { collectAll, fillShop, TestClusters } from '../testUtils/TestClusters';
import { until } from '../testUtils/until';

jest.setTimeout(60_000);

const { signal } = new AbortController();
const clusters = new TestClusters();
afterEach(() => clusters.stop());

it.each([
  ['statefulsets', 'statefulsets.apps'],
  ['rollouts', 'rollouts.argoproj.io'],
] as const)(
  'keeps the links of a cluster whose %s were never read',
  async (kind, resource) => {
    const server = await clusters.startServer();
    fillShop(server);
    const path = pathOfKind(kind).replace(/\/rollouts$/, '');
    server.answer = (request, response) => {
      const denied = request.url!.startsWith(path);
      if (denied) sendStatus(response, 403);
      return denied;
    };
    const { provider } = await clusters.startProvider([clusterAt(server.url)]);
    const { locations, problems } = await collectAll(provider, [
      scopeOf(component('orders')),
      scopeOf(component('billing')),
    ]);

    expect(locations).toHaveLength(1);
    expect(problems).toMatchObject([
      {
        code: 'access-denied',
        account: 'production',
        message: `Cluster 'production' does not allow CloudTrace to list and watch ${resource}`,
      },
      {
        code: 'not-linked',
        scope: { entityRef: 'component:default/billing' },
        message: expect.stringContaining('that could be read'),
      },
    ]);
  },
);

it('keeps the links of a cluster that responds too slowly at first', async () => {
  const server = await clusters.startServer();
  fillShop(server);
  server.answer = request => request.url!.startsWith(pathOfKind('daemonsets'));
  const test = await clusters.startProvider([clusterAt(server.url)]);
  const { provider } = test;
  const cluster = test.clusters.get('production')!;
  await until(() => cluster.unknownWorkloads.length === 1);
  const { problems } = await provider.locate([scopeOf(component('orders'))], {
    signal: AbortSignal.timeout(500),
  });
  expect(problems).toMatchObject([
    {
      code: 'unavailable',
      account: 'production',
      message:
        "Cluster 'production' is being read for the first time (daemonsets.apps)",
    },
  ]);
});

describe('a list of clusters', () => {
  const scopes = [
    scopeOf(
      component('orders', {
        'backstage.io/kubernetes-id': 'orders',
        'backstage.io/kubernetes-cluster': 'production',
      }),
    ),
  ];

  it('that is not read yet keeps all links and says nothing about them', async () => {
    const { provider } = createTestProvider(() => new Promise(() => {}));
    void provider.start();
    const { problems } = await provider.locate(scopes, {
      signal: AbortSignal.timeout(50),
    });
    expect(problems).toMatchObject([
      {
        code: 'unavailable',
        message: expect.stringContaining('is being read for the first time'),
      },
      { code: 'not-linked', message: expect.stringContaining('could be read') },
    ]);
    expect(problems[0]).not.toHaveProperty('account');
    provider.stop();
  });

  it('that fails is read again soon', async () => {
    const server = await clusters.startServer();
    fillShop(server);
    let failures = 2;
    const { provider } = await clusters.startProvider(async () => {
      if (failures-- > 0) throw new Error('not now');
      return [clusterAt(server.url)];
    });
    expect((await provider.locate(scopes, { signal })).problems).toMatchObject([
      {
        code: 'unavailable',
        message: 'The list of Kubernetes clusters could not be read',
      },
      { code: 'not-linked' },
    ]);
    await until(() => server.isWatched('deployments'));
    const { locations, problems } = await provider.locate(scopes, { signal });
    expect(problems).toEqual([]);
    expect(locations).toHaveLength(1);
  });
});

it('says that a cluster is outdated if no workload matches what was read before', async () => {
  const { server, provider } = await clusters.startShop();
  await collectAll(provider, [scopeOf(component('orders'))]);
  await until(() => server.isWatched('deployments'));
  server.answer = (_, response) => {
    sendStatus(response, 401);
    return true;
  };
  server.drop('deployments');
  const locate = () =>
    provider.locate([scopeOf(component('added-since'))], { signal });
  await until(async () => (await locate()).problems.length > 1);
  expect((await locate()).problems).toMatchObject([
    { code: 'expired-credentials' },
    { code: 'not-linked', message: expect.stringContaining('could be read') },
  ]);
});

it('relocates nothing when the state of a kind changes', async () => {
  const { server, provider, changes } = await clusters.startShop();
  await collectAll(provider, [scopeOf(component('orders'))]);
  await until(() => server.isWatched('nodes'));
  changes.length = 0;
  server.answer = (_, response) => {
    sendStatus(response, 503);
    return true;
  };
  server.drop('nodes');
  await until(() => changes.length > 0);
  for (const change of changes) {
    expect(change).toEqual({
      resourceIds: ['production/shop/Deployment/orders'],
      scopes: [],
    });
  }
});
