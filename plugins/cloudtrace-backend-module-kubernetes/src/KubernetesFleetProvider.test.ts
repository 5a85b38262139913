import { watchCalls } from './calls/watchCalls';
import { clusterAt, component, scopeOf } from './testUtils/createTestProvider';
import { pathOfKind, sendStatus } from './testUtils/FakeApiServer';
import { deployment, event, pod } from './testUtils/objects';
import { collectAll, fillShop, TestClusters } from './testUtils/TestClusters';
import { until } from './testUtils/until';

jest.setTimeout(60_000);

const { signal } = new AbortController();
const clusters = new TestClusters();
afterEach(() => clusters.stop());

it('finds the workload of an annotation with all objects that belong to it', async () => {
  const server = await clusters.startServer();
  fillShop(server);
  server.put('deployments', deployment('billing'));
  server.put('pods', pod('billing', 'a'));
  const { provider, described } = await clusters.startProvider([
    clusterAt(server.url),
  ]);
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

it('describes many workloads in turns, so that nothing else has to wait', async () => {
  const server = await clusters.startServer();
  const names = Array.from({ length: 10 }, (_, index) => `orders-${index}`);
  for (const name of names) server.put('deployments', deployment(name));
  const { provider } = await clusters.startProvider([clusterAt(server.url)]);
  const { locations } = await provider.locate(
    names.map(name => scopeOf(component(name))),
    { signal },
  );
  const resources = locations.map(({ resource }) => resource);
  // Each workload takes 6 ms, and a turn lasts 10 ms.
  let nowMs = 0;
  const clock = jest.spyOn(performance, 'now').mockImplementation(() => nowMs);
  const since = () => {
    nowMs += 6;
    return undefined;
  };
  const options = { signal, since };
  let turns = 0;
  const stopped = new AbortController();
  const count = () => {
    turns += 1;
    if (!stopped.signal.aborted) setImmediate(count);
  };
  setImmediate(count);
  const reports = await provider.collect(resources, options);
  stopped.abort();
  expect(reports.map(({ resource }) => resource)).toEqual(resources);
  expect(turns).toBeGreaterThanOrEqual(4);

  const aborted = AbortSignal.abort(new Error('Too late'));
  await expect(
    provider.collect(resources, { ...options, signal: aborted }),
  ).rejects.toThrow('Too late');
  clock.mockRestore();
});

it('requests a refresh of what changed, and keeps events of deleted pods', async () => {
  const server = await clusters.startServer();
  fillShop(server);
  const { provider, described, changes } = await clusters.startProvider([
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
  const server = await clusters.startServer();
  fillShop(server);
  const { metadata, ...rest } = pod('orders', 'a');
  const labels = { ...metadata.labels, [label]: value };
  server.put('pods', { ...rest, metadata: { ...metadata, labels } });
  const service = {
    metadata: { name: 'stable', namespace: 'shop', uid: 's3' },
    spec: { selector: { app: 'orders', [label]: value } },
  };
  server.put('services', service);
  const { provider, described, changes } = await clusters.startProvider([
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
  const server = await clusters.startServer();
  fillShop(server);
  const { provider, changes } = await clusters.startProvider([
    clusterAt(server.url),
  ]);
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
  const server = await clusters.startServer();
  server.put('deployments', deployment('orders', { labels: {} }));
  const { provider, changes } = await clusters.startProvider([
    clusterAt(server.url),
  ]);
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
  const server = await clusters.startServer();
  const html = await clusters.startServer();
  fillShop(server);
  html.answer = (_, response) => {
    response.end('<html>');
    return true;
  };
  const goneUrl = await clusters.goneUrl();
  const { provider } = await clusters.startProvider([
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
  const server = await clusters.startServer();
  fillShop(server);
  server.answer = (request, response) => {
    const denied = request.url!.startsWith(
      pathOfKind('horizontalpodautoscalers'),
    );
    if (denied) sendStatus(response, 403);
    return denied;
  };
  const { provider, described } = await clusters.startProvider([
    clusterAt(server.url),
  ]);
  const { problems, reports } = await collectAll(provider, [
    scopeOf(component('orders')),
  ]);

  expect(problems).toEqual([]);
  expect(reports[0].problems).toEqual([
    {
      code: 'access-denied',
      message:
        "Cluster 'production' does not allow CloudTrace to list and watch horizontalpodautoscalers.autoscaling, so scaling limits and policies of orders are unknown",
      nextStep: expect.stringContaining('docs/kubernetes/cluster-role.yaml'),
      missingPermission: 'list, watch horizontalpodautoscalers.autoscaling',
      resourceId: 'production/shop/Deployment/orders',
      coded: expect.anything(),
    },
  ]);
  expect(described[0].pods).toHaveLength(2);
  expect(described[0].freshAt.horizontalpodautoscalers).toBeUndefined();
  expect(described[0].freshAt.pods).toBeInstanceOf(Date);
});

it('reports a workload that was deleted', async () => {
  const server = await clusters.startServer();
  fillShop(server);
  const { provider } = await clusters.startProvider([clusterAt(server.url)]);
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

it.each([
  [600_000, /^Times in cluster production are up to 10 min ahead/],
  [-600_000, /^The clock of cluster production is 10 min behind/],
])(
  'reports once that the clock of a cluster is off by %d ms',
  async (ms, words) => {
    const server = await clusters.startServer();
    fillShop(server);
    server.put('events', {
      ...event('skewed', pod('orders', 'a')),
      lastTimestamp: new Date(Date.now() + ms).toISOString(),
    });
    server.answer = (_, response) => {
      response.setHeader('date', new Date(Date.now() + ms).toUTCString());
      return false;
    };
    const { provider } = await clusters.startProvider([clusterAt(server.url)]);
    const { reports } = await collectAll(provider, [
      scopeOf(component('orders')),
    ]);
    expect(reports[0].problems).toMatchObject([
      { code: 'clock-skew', message: expect.stringMatching(words) },
    ]);
  },
);

it('lists each kind once, however often it is collected', async () => {
  const server = await clusters.startServer();
  fillShop(server);
  const { provider } = await clusters.startProvider([clusterAt(server.url)]);
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
