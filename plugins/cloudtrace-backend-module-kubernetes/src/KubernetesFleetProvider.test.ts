import type { FleetChange } from '@cloudtrace/plugin-cloudtrace-node';
import {
  FakeApiServer,
  pathOfKind,
  sendStatus,
} from './testUtils/FakeApiServer';
import {
  clusterAt,
  component,
  createTestProvider,
  scopeOf,
} from './testUtils/createTestProvider';
import { deployment, event, pod, replicaSet } from './testUtils/objects';
import { until } from './testUtils/until';
import { watchCalls } from './calls/watchCalls';

jest.setTimeout(60_000);

const { signal } = new AbortController();
const servers: FakeApiServer[] = [];
const cleanups: Array<() => void> = [];

async function startServer() {
  const server = await new FakeApiServer().start();
  servers.push(server);
  return server;
}

afterEach(async () => {
  for (const cleanup of cleanups.splice(0)) cleanup();
  await Promise.all(servers.splice(0).map(server => server.stop()));
});

async function startProvider(clusters: ReturnType<typeof clusterAt>[]) {
  const test = createTestProvider(clusters);
  const changes: FleetChange[] = [];
  test.provider.subscribe(change => changes.push(change));
  cleanups.push(() => test.provider.stop());
  await test.provider.start();
  return { ...test, changes };
}

function fillShop(server: FakeApiServer) {
  server.put('deployments', deployment('orders'));
  server.put('replicasets', replicaSet('orders'));
  server.put('pods', pod('orders', 'a'));
  server.put('pods', pod('orders', 'b'));
  server.put('nodes', { metadata: { name: 'node-1', uid: 'n1' } });
  server.put('services', {
    metadata: { name: 'orders', namespace: 'shop', uid: 's' },
    spec: { selector: { app: 'orders' } },
  });
  server.put('services', {
    metadata: { name: 'headless', namespace: 'shop', uid: 's2' },
    spec: {},
  });
  server.put('endpointslices', {
    metadata: {
      name: 'orders-x',
      namespace: 'shop',
      uid: 'e',
      labels: { 'kubernetes.io/service-name': 'orders' },
    },
    endpoints: [],
  });
  server.put('horizontalpodautoscalers', {
    metadata: { name: 'orders', namespace: 'shop', uid: 'h' },
    spec: { scaleTargetRef: { kind: 'Deployment', name: 'orders' } },
  });
  server.put('events', event('killed', pod('orders', 'a')));
}

async function collectAll(
  provider: ReturnType<typeof createTestProvider>['provider'],
  scopes: ReturnType<typeof scopeOf>[],
) {
  const { locations, problems } = await provider.locate(scopes, { signal });
  const reports = await provider.collect(
    locations.map(({ resource }) => resource),
    { signal, since: () => undefined },
  );
  return { locations, problems, reports };
}

it('finds the workload of an annotation with all objects that belong to it', async () => {
  const server = await startServer();
  fillShop(server);
  server.put('deployments', deployment('billing'));
  server.put('pods', pod('billing', 'a'));
  const { provider, described } = await startProvider([clusterAt(server.url)]);
  const { locations, problems } = await collectAll(provider, [
    scopeOf(component('orders')),
    scopeOf(component('unrelated', {})),
  ]);

  expect(problems).toEqual([]);
  expect(locations).toEqual([
    {
      scope: { entityRef: 'component:default/orders', environment: 'default' },
      locator: 'annotation',
      detail: 'backstage.io/kubernetes-id: orders',
      resource: {
        provider: 'kubernetes',
        id: 'production/shop/Deployment/orders',
        type: 'kubernetes-deployment',
        name: 'shop/orders',
        account: 'production',
      },
    },
  ]);
  const [objects] = described;
  const namesOf = (list: readonly unknown[]) =>
    list.map(
      object => (object as { metadata: { name: string } }).metadata.name,
    );
  expect(namesOf(objects.pods)).toEqual(['orders-1-a', 'orders-1-b']);
  expect(namesOf(objects.revisions)).toEqual(['orders-1']);
  expect([...objects.nodes.keys()]).toEqual(['node-1']);
  expect(namesOf(objects.services)).toEqual(['orders']);
  expect(namesOf(objects.endpointSlices)).toEqual(['orders-x']);
  expect(namesOf([objects.hpa!])).toEqual(['orders']);
  expect(namesOf(objects.events)).toEqual(['killed']);
  expect(Object.keys(objects.freshAt)).toHaveLength(watchCalls.length);
});

it('requests a refresh of what changed, and keeps events of deleted pods', async () => {
  const server = await startServer();
  fillShop(server);
  const { provider, described, changes } = await startProvider([
    clusterAt(server.url),
  ]);
  const scopes = [scopeOf(component('orders'))];
  await collectAll(provider, scopes);
  const resourceIds = ['production/shop/Deployment/orders'];
  await until(() =>
    watchCalls.every(
      ({ kind, optional }) => optional ?? server.isWatched(kind),
    ),
  );

  const expectChange = async (action: () => void) => {
    changes.length = 0;
    action();
    await until(() => changes.length > 0, 'a change');
    expect(changes.at(-1)).toMatchObject({ resourceIds });
  };
  await expectChange(() => server.delete('pods', pod('orders', 'a')));
  await expectChange(() =>
    server.put('events', event('late', pod('orders', 'a'))),
  );
  await expectChange(() =>
    server.put('nodes', {
      metadata: { name: 'node-1', uid: 'n1' },
      spec: { unschedulable: true },
    }),
  );
  await expectChange(() =>
    server.put('horizontalpodautoscalers', {
      metadata: { name: 'orders', namespace: 'shop', uid: 'h' },
      spec: {
        scaleTargetRef: { kind: 'Deployment', name: 'orders' },
        maxReplicas: 9,
      },
    }),
  );

  await collectAll(provider, scopes);
  expect(described.at(-1)!.pods).toHaveLength(1);
  expect(described.at(-1)!.events).toHaveLength(2);
});

it.each([
  ['rollouts-pod-template-hash', '5d8f'],
  ['statefulset.kubernetes.io/pod-name', 'orders-1-a'],
])('finds Services that select pods by %s', async (label, value) => {
  const server = await startServer();
  fillShop(server);
  const { metadata, ...rest } = pod('orders', 'a');
  const labels = { ...metadata.labels, [label]: value };
  server.put('pods', { ...rest, metadata: { ...metadata, labels } });
  const service = {
    metadata: { name: 'stable', namespace: 'shop', uid: 's3' },
    spec: { selector: { app: 'orders', [label]: value } },
  };
  server.put('services', service);
  const { provider, described, changes } = await startProvider([
    clusterAt(server.url),
  ]);
  await collectAll(provider, [scopeOf(component('orders'))]);
  expect(described[0].services).toHaveLength(2);

  await until(() => server.isWatched('services'));
  changes.length = 0;
  server.delete('services', service);
  await until(() => changes.length > 0, 'a change');
  expect(changes).toEqual([
    { resourceIds: ['production/shop/Deployment/orders'], scopes: [] },
  ]);
});

it('does not request a refresh for workloads that nobody shows', async () => {
  const server = await startServer();
  fillShop(server);
  const { provider, changes } = await startProvider([clusterAt(server.url)]);
  await collectAll(provider, [scopeOf(component('orders'))]);
  await until(() => server.isWatched('pods') && server.isWatched('events'));
  changes.length = 0;
  server.put('pods', pod('billing', 'a'));
  server.put('pods', pod('orders', 'c'));
  await until(() => changes.length > 0);
  expect(changes).toEqual([
    { resourceIds: ['production/shop/Deployment/orders'], scopes: [] },
  ]);
});

it('locates a workload as soon as it gets its label', async () => {
  const server = await startServer();
  server.put('deployments', deployment('orders', { labels: {} }));
  const { provider, changes } = await startProvider([clusterAt(server.url)]);
  const scope = scopeOf(component('orders'));
  const before = await collectAll(provider, [scope]);
  expect(before.locations).toEqual([]);
  expect(before.problems).toMatchObject([{ code: 'not-linked' }]);
  await until(() => server.isWatched('deployments'));

  changes.length = 0;
  server.put('deployments', deployment('orders'));
  await until(() => changes.length > 0);
  expect(changes).toEqual([
    { resourceIds: ['production/shop/Deployment/orders'], scopes: [scope] },
  ]);
  expect((await collectAll(provider, [scope])).locations).toHaveLength(1);
});

it('reads a cluster although another one is broken', async () => {
  const [server, html] = [await startServer(), await startServer()];
  fillShop(server);
  html.answer = (_, response) => {
    response.end('<html>');
    return true;
  };
  const gone = await startServer();
  const goneUrl = gone.url;
  await servers.pop()!.stop();
  const { provider } = await startProvider([
    clusterAt(html.url, 'html'),
    clusterAt(goneUrl, 'gone'),
    clusterAt(server.url, 'good'),
  ]);
  const { locations, problems, reports } = await collectAll(provider, [
    scopeOf(component('orders')),
  ]);

  expect(locations.map(({ resource }) => resource.account)).toEqual(['good']);
  expect(reports[0].problems).toEqual([]);
  expect(problems).toMatchObject([
    { code: 'invalid-response', account: 'html' },
    { code: 'unavailable', account: 'gone' },
  ]);
  for (const problem of problems) {
    expect(problem.message).toContain(`Cluster '${problem.account}'`);
    expect(problem.nextStep).toBeTruthy();
  }
});

it('names cluster, verbs and resource of a denied kind, and reads the others', async () => {
  const server = await startServer();
  fillShop(server);
  server.answer = (request, response) => {
    const denied = request.url!.startsWith(
      pathOfKind('horizontalpodautoscalers'),
    );
    if (denied) sendStatus(response, 403);
    return denied;
  };
  const { provider, described } = await startProvider([clusterAt(server.url)]);
  const { problems, reports } = await collectAll(provider, [
    scopeOf(component('orders')),
  ]);

  expect(problems).toEqual([]);
  expect(reports[0].problems).toEqual([
    {
      code: 'access-denied',
      message:
        "Cluster 'production' denies list and watch of horizontalpodautoscalers.autoscaling",
      nextStep: expect.stringContaining('docs/kubernetes/cluster-role.yaml'),
      missingPermission: 'list, watch horizontalpodautoscalers.autoscaling',
      resourceId: 'production/shop/Deployment/orders',
    },
  ]);
  expect(described[0].pods).toHaveLength(2);
  expect(described[0].freshAt.horizontalpodautoscalers).toBeUndefined();
  expect(described[0].freshAt.pods).toBeInstanceOf(Date);
});

it('reports a workload that was deleted', async () => {
  const server = await startServer();
  fillShop(server);
  const { provider } = await startProvider([clusterAt(server.url)]);
  const { locations } = await collectAll(provider, [
    scopeOf(component('orders')),
  ]);
  await until(() => server.isWatched('deployments'));
  server.delete('deployments', deployment('orders'));
  const { resource } = locations[0];
  const collect = () =>
    provider.collect([resource], { signal, since: () => undefined });
  let code: string | undefined;
  for (let i = 0; i < 200 && !code; i++) {
    const [report] = await collect();
    code = report.problems[0]?.code;
    await new Promise(done => {
      setTimeout(done, 10);
    });
  }
  expect(code).toBe('not-found');
});

it('reports that the clock of a cluster is off', async () => {
  const server = await startServer();
  fillShop(server);
  server.answer = (_, response) => {
    response.setHeader('date', new Date(Date.now() + 600_000).toUTCString());
    return false;
  };
  const { provider } = await startProvider([clusterAt(server.url)]);
  const { reports } = await collectAll(provider, [
    scopeOf(component('orders')),
  ]);
  expect(reports[0].problems).toMatchObject([
    {
      code: 'clock-skew',
      message: expect.stringMatching(/\d s ahead of the portal's/),
    },
  ]);
});

it('lists each kind once, however often it is collected', async () => {
  const server = await startServer();
  fillShop(server);
  const { provider } = await startProvider([clusterAt(server.url)]);
  for (let i = 0; i < 20; i++) {
    await collectAll(provider, [scopeOf(component('orders'))]);
  }
  for (const { kind, optional } of watchCalls) {
    expect([kind, server.count(kind, 'list')]).toEqual([
      kind,
      optional ? 0 : 1,
    ]);
  }
});

describe('consent', () => {
  async function locateIn(
    workloads: ReturnType<typeof deployment>[],
    scopes: ReturnType<typeof scopeOf>[],
  ) {
    const server = await startServer();
    for (const workload of workloads) server.put('deployments', workload);
    const { provider } = await startProvider([clusterAt(server.url)]);
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

  it("shows nothing for an annotation with another team's id and namespace", async () => {
    const { found, problems } = await locateIn(
      [deployment('payments')],
      [
        scopeOf(component('payments')),
        scopeOf(component('thief', { [id]: 'payments', [namespace]: 'shop' })),
      ],
    );
    expect(found).toEqual(['payments@default shop/payments']);
    expect(problems).toMatchObject([
      { code: 'not-linked', scope: { entityRef: 'component:default/thief' } },
    ]);
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
