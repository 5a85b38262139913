import { errorOfStatus, timedOut } from '../client/ClusterCallError';
import type { UnreadKind } from '../clusters/WatchedCluster';
import { clusterAt, component, scopeOf } from '../testUtils/createTestProvider';
import { pathOfKind, sendStatus } from '../testUtils/FakeApiServer';
import { collectAll, fillShop, TestClusters } from '../testUtils/TestClusters';
import { until } from '../testUtils/until';
import { CONFIRM_MS } from '../watch/WatchTimings';
import { explainUnread } from './explainUnread';
import { neededKinds } from './neededKinds';

jest.setTimeout(60_000);

const clusters = new TestClusters();
afterEach(async () => {
  jest.restoreAllMocks();
  await clusters.stop();
});

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
  ['replicasets', 'rollouts'],
  ['pods', 'instances and health'],
  ['nodes', 'the zones'],
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

it('needs the kinds of KEDA only for what KEDA scales', () => {
  const hpa = { metadata: { labels: { 'scaledobject.keda.sh/name': 'web' } } };
  expect(neededKinds('Deployment').has('scaledobjects')).toBe(false);
  expect(neededKinds('Deployment', { hpa }).has('scaledobjects')).toBe(true);
  expect(neededKinds('DaemonSet').has('horizontalpodautoscalers')).toBe(false);
});

it('says that old data is shown, and that it is unknown when it is too old', async () => {
  const server = await clusters.startServer();
  fillShop(server);
  const { provider } = await clusters.startProvider([clusterAt(server.url)]);
  await until(() => server.isWatched('endpointslices'));
  server.answer = (request, response) => {
    const fails = request.url!.startsWith(pathOfKind('endpointslices'));
    if (fails) sendStatus(response, 503);
    return fails;
  };
  server.drop('endpointslices');
  await until(() => server.count('endpointslices', 'watch') > 2);
  const report = async () => {
    const { reports } = await collectAll(provider, [
      scopeOf(component('orders')),
    ]);
    return reports[0].problems.map(({ message }) => message);
  };
  const state =
    "Cluster 'production' could not be read (endpointslices.discovery.k8s.io): it responded with HTTP 503";
  expect(await report()).toEqual([`${state}; the last known state is shown`]);

  const nowMs = Date.now();
  jest.spyOn(Date, 'now').mockImplementation(() => nowMs + 2 * CONFIRM_MS);
  expect(await report()).toEqual([
    `${state}, so the pods that receive requests of orders are unknown`,
  ]);
});
