import { errorOfStatus, timedOut } from '../client/ClusterCallError';
import type { UnreadKind } from '../clusters/WatchedCluster';
import { clusterAt } from '../testUtils/createTestProvider';
import { pathOfKind, sendStatus } from '../testUtils/FakeApiServer';
import { fillShop, TestClusters } from '../testUtils/TestClusters';
import { until } from '../testUtils/until';
import { CONFIRM_MS } from '../watch/WatchTimings';
import { gatherObjects } from '../workload/gatherObjects';
import { explainUnread } from './explainUnread';
import { explainWorkload } from './explainWorkload';
import { neededKinds } from './neededKinds';

jest.setTimeout(60_000);

const clusters = new TestClusters();
afterEach(() => clusters.stop());

const failed = (
  kind: UnreadKind['kind'],
  error: UnreadKind['error'],
  hasData = false,
) => ({ kind, error, hasData });

const words = (...args: Parameters<typeof explainUnread>) =>
  explainUnread(...args).map(({ code, message }) => `${code}: ${message}`);

it('names each reason once, with the kinds that share it', () => {
  const denied = errorOfStatus(403);
  expect(
    words('c1', [
      failed('pods', denied),
      failed('nodes', timedOut()),
      failed('replicasets', denied),
      failed('events', undefined),
    ]),
  ).toEqual([
    "access-denied: Cluster 'c1' does not allow CloudTrace to list and watch pods, replicasets.apps",
    "timeout: Cluster 'c1' could not be read (nodes): it did not respond in time",
    "unavailable: Cluster 'c1' is being read for the first time (events)",
  ]);
});

it('shortens a long list of kinds, but not that of permissions', () => {
  const kinds = ['pods', 'nodes', 'services', 'events', 'rollouts'] as const;
  const of = (status: number) =>
    explainUnread(
      'c1',
      kinds.map(kind => failed(kind, errorOfStatus(status))),
    );
  expect(of(503)[0].message).toBe(
    "Cluster 'c1' could not be read (pods, nodes, services and 2 more): it responded with HTTP 503",
  );
  expect(of(403)[0].missingPermission).toBe(
    'list, watch pods, nodes, services, events, rollouts.argoproj.io',
  );
});

it.each([
  ['deployments', 'size and settings'],
  ['replicasets', 'instances and health, rollouts'],
  ['pods', 'instances and health'],
  ['nodes', 'zones and node failures'],
  ['services', 'the pods that receive requests'],
  ['endpointslices', 'the pods that receive requests'],
  ['horizontalpodautoscalers', 'scaling limits and policies'],
  ['events', 'causes of changes'],
] as const)('says what is unknown without %s', (kind, parts) => {
  const unknown = {
    workload: 'orders',
    parts: neededKinds('Deployment'),
  };
  const [problem] = explainUnread('c1', [failed(kind, timedOut())], unknown);
  expect(problem.message).toMatch(
    new RegExp(`in time, so ${parts} of orders are unknown$`),
  );
});

it('needs the kinds of KEDA only for what KEDA may scale', () => {
  const needsKeda = (...args: Parameters<typeof neededKinds>) =>
    neededKinds(...args).has('scaledobjects');
  const hpa = { metadata: { labels: { 'scaledobject.keda.sh/name': 'web' } } };
  expect(needsKeda('Deployment', { hpa })).toBe(true);
  // KEDA deletes its autoscaler while it is paused.
  expect(needsKeda('Deployment')).toBe(true);
  expect(needsKeda('Deployment', { hpa: { metadata: {} } })).toBe(false);
  expect(needsKeda('DaemonSet')).toBe(false);
  expect(neededKinds('DaemonSet').has('horizontalpodautoscalers')).toBe(false);
});

it('says that old data is shown, and that it is unknown when it is too old', async () => {
  const server = await clusters.startServer();
  fillShop(server);
  const test = await clusters.startProvider([clusterAt(server.url)]);
  await until(() => server.isWatched('endpointslices'));
  server.answer = (request, response) => {
    const fails = request.url!.startsWith(pathOfKind('endpointslices'));
    if (fails) sendStatus(response, 503);
    return fails;
  };
  server.drop('endpointslices');
  await until(() => server.count('endpointslices', 'watch') > 2);
  const cluster = test.clusters.get('production')!;
  const name = {
    kind: 'Deployment',
    namespace: 'shop',
    name: 'orders',
  } as const;
  const explainIn = (ms: number) =>
    explainWorkload(
      cluster,
      name,
      gatherObjects(cluster, name),
      new Date(Date.now() + ms),
    ).map(({ message }) => message);
  const state =
    "Cluster 'production' could not be read (endpointslices.discovery.k8s.io): it responded with HTTP 503";
  expect(explainIn(0)).toEqual([`${state}; the last known state is shown`]);

  const later = explainIn(2 * CONFIRM_MS + 1_000);
  expect(later).toContain(
    `${state}, so the pods that receive requests of orders are unknown`,
  );
  // Nothing else was confirmed meanwhile.
  expect(later).toContainEqual(
    expect.stringMatching(/\(deployments.apps,.* did not respond in time, so/),
  );
});
