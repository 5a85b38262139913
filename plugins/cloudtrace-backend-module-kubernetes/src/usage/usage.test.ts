import { ClusterClient } from '../client/ClusterClient';
import { timedOut } from '../client/ClusterCallError';
import type { NamespaceUsage } from '../objects/PodUsage';
import { clusterAt, component, scopeOf } from '../testUtils/createTestProvider';
import { sendStatus } from '../testUtils/FakeApiServer';
import { deployment, pod, replicaSet } from '../testUtils/objects';
import { collectAll, fillShop, TestClusters } from '../testUtils/TestClusters';
import { until } from '../testUtils/until';
import { MetricsServer } from './MetricsServer';
import { UsagePoller } from './UsagePoller';

jest.setTimeout(60_000);

const clusters = new TestClusters();
afterEach(() => clusters.stop());

const PATH = '/apis/metrics.k8s.io/v1beta1/namespaces/shop/pods';
const scopes = [scopeOf(component('orders'))];

const usageOf = (name: string) => ({
  metadata: { name, namespace: 'shop' },
  timestamp: new Date(Date.now() - 1000).toISOString(),
  window: '15s',
  containers: [{ name: 'app', usage: { cpu: '100m', memory: '64Mi' } }],
});

async function setUp(
  prepare: (server: Awaited<ReturnType<TestClusters['startServer']>>) => void,
) {
  const server = await clusters.startServer();
  fillShop(server);
  prepare(server);
  const { provider } = await clusters.startProvider([clusterAt(server.url)]);
  const polls = () =>
    server.requests.filter(({ path }) => path.includes('/metrics.k8s.io/'));
  const collect = async () => (await collectAll(provider, scopes)).reports[0];
  return { server, polls, collect };
}

it('reads the usage of namespaces with collected workloads only', async () => {
  const { server, polls, collect } = await setUp(each => {
    each.put('deployments', {
      metadata: { name: 'other', namespace: 'elsewhere', uid: 'o' },
    });
    const podNames = ['orders-1-a', 'orders-1-b', 'orders-a', 'orders-b'];
    each.podMetrics!.set('shop', podNames.map(usageOf));
  });
  expect(polls()).toEqual([]);
  await collect();
  await until(() => polls().length > 0);
  await until(async () => (await collect()).metrics!.length > 0);
  expect(new Set(polls().map(({ path }) => path))).toEqual(new Set([PATH]));
  expect(server.count('pods', 'list')).toBe(1);
});

it.each([
  [
    undefined,
    'not-measured',
    "Cluster 'production' has no metrics-server, so CPU and memory per pod of orders are not shown",
    expect.stringContaining('Install metrics-server in the cluster'),
  ],
  [
    403,
    'access-denied',
    "Cluster 'production' does not allow CloudTrace to list pods.metrics.k8s.io, so CPU figures, memory figures of orders are unknown",
    expect.stringContaining('cluster-role.yaml'),
  ],
  [
    503,
    'unavailable',
    "Cluster 'production' could not be read (pods.metrics.k8s.io): it responded with HTTP 503, so CPU figures, memory figures of orders are unknown",
    expect.stringContaining('kubectl get apiservice v1beta1.metrics.k8s.io'),
  ],
  [
    404,
    'unavailable',
    expect.stringContaining(
      '(pods.metrics.k8s.io): it responded with HTTP 404',
    ),
    expect.stringContaining('kubectl get apiservice v1beta1.metrics.k8s.io'),
  ],
])(
  'says why the usage is unknown: HTTP %s',
  async (status, code, message, nextStep) => {
    const { collect } = await setUp(server => {
      if (!status) {
        server.podMetrics = undefined;
        return;
      }
      server.answer = (request, response) => {
        const isPoll = request.url === PATH;
        if (isPoll) sendStatus(response, status);
        return isPoll;
      };
    });
    await until(async () => (await collect()).problems.length > 0);
    const { problems, metrics, targets } = await collect();
    expect(problems).toMatchObject([{ code, message, nextStep }]);
    expect(metrics).toEqual([]);
    expect(targets!.length).toBeGreaterThan(0);
  },
);

it('shows the usage when metrics-server is installed later', async () => {
  const { server, collect } = await setUp(each => {
    each.podMetrics = undefined;
  });
  await until(async () => (await collect()).problems.length > 0);
  server.podMetrics = new Map([['shop', []]]);
  await until(async () => (await collect()).problems.length === 0);
  expect((await collect()).incomplete).toEqual([]);
});

it('rejects a response that is no list', async () => {
  const { collect } = await setUp(server => {
    server.answer = (request, response) => {
      const isPoll = request.url === PATH;
      if (isPoll) response.end('<html>Sign in</html>');
      return isPoll;
    };
  });
  await until(async () => (await collect()).problems.length > 0);
  expect((await collect()).problems[0].code).toBe('invalid-response');
});

const clientOf = ({ url }: { url: string }) =>
  new ClusterClient({
    cluster: clusterAt(url),
    getCredential: async () => ({ type: 'anonymous' }),
  });

describe('namespaces', () => {
  const startShop = async (items: object[]) => {
    const server = await clusters.startServer();
    server.put('deployments', deployment('orders'));
    server.put('replicasets', replicaSet('orders'));
    server.put('pods', {
      ...pod('orders', 'a'),
      status: { phase: 'Running', startTime: '2026-01-01T00:00:00Z' },
    });
    server.podMetrics!.set('shop', items);
    const { provider } = await clusters.startProvider([clusterAt(server.url)]);
    return async () => (await collectAll(provider, scopes)).reports[0];
  };

  const pollBoth = async (deadlineMs = 60_000) => {
    const server = await clusters.startServer();
    server.podMetrics!.set('shop', [usageOf('orders-1-a')]);
    // The answer about the namespace `slow` never comes.
    server.answer = request => request.url!.includes('/namespaces/slow/');
    const poller = new UsagePoller({
      source: new MetricsServer(clientOf(server)),
      timings: { intervalMs: 20, minPauseMs: 20, deadlineMs },
    });
    const stopped = new AbortController();
    const run = poller.run(stopped.signal);
    poller.want('slow');
    poller.want('shop');
    return {
      poller,
      polls: () => server.requests.length,
      stop: async () => {
        stopped.abort();
        await run;
      },
    };
  };

  it('are known although the answer about another one is still missing', async () => {
    const { poller, polls, stop } = await pollBoth();
    await until(() => poller.of('shop') !== undefined);
    expect(poller.of('shop')!.pods.get('orders-1-a')).toMatchObject({
      cpu: 0.1,
    });
    expect(poller.of('slow')).toBeUndefined();
    expect(polls()).toBe(2);
    await stop();
  });

  it('have a deadline each, and a slow one does not end the rounds', async () => {
    const { poller, polls, stop } = await pollBoth(300);
    await until(() => polls() > 2);
    expect(poller.of('slow')!.unread).toMatchObject([
      { figures: ['cpu', 'memory'], error: { code: 'timeout' } },
    ]);
    await until(() => poller.of('shop')!.unread.length === 0);
    await stop();
  });

  it('are not all asked while metrics-server is broken, but all get the reason', async () => {
    const server = await clusters.startServer();
    server.answer = (_, response) => {
      sendStatus(response, 503);
      return true;
    };
    const names = Array.from({ length: 20 }, (_, index) => `n${index}`);
    const published = new Map<string, NamespaceUsage>();
    await new MetricsServer(clientOf(server)).read(names, {
      publish: (name, usage) => published.set(name, usage),
      deadlineMs: 5_000,
      signal: new AbortController().signal,
    });
    expect(server.requests.length).toBeLessThan(10);
    expect(
      names.map(name => published.get(name)?.unread[0].error.status),
    ).toEqual(names.map(() => 503));
  });

  it('are asked last if they failed before', async () => {
    const rounds: string[][] = [];
    const failing = new Set(['a', 'b']);
    const poller = new UsagePoller({
      source: {
        read: async (namespaces, { publish }) => {
          rounds.push([...namespaces]);
          for (const name of namespaces) {
            publish(name, {
              pods: new Map(),
              figures: ['cpu'],
              unread: failing.has(name)
                ? [{ figures: ['cpu'], error: timedOut() }]
                : [],
              from: 'metrics-server',
            });
          }
        },
      },
      timings: { intervalMs: 1, minPauseMs: 1 },
    });
    const stopped = new AbortController();
    const run = poller.run(stopped.signal);
    for (const name of ['a', 'b', 'c', 'd']) poller.want(name);
    await until(() => rounds.length > 1);
    stopped.abort();
    await run;
    expect(rounds.slice(0, 2)).toEqual([
      ['a', 'b', 'c', 'd'],
      ['c', 'd', 'b', 'a'],
    ]);
  });

  it.each<[string, object[], string]>([
    ['nothing', [], 'no measurements of the running pods'],
    [
      'what it measured long ago',
      [{ ...usageOf('orders-1-a'), timestamp: '2026-01-02T00:00:00Z' }],
      'only measurements older than 3 minutes',
    ],
  ])('say that metrics-server returned %s', async (_, items, words) => {
    const collect = await startShop(items);
    await until(async () => (await collect()).problems.length > 0);
    const { problems, metrics } = await collect();
    expect(problems).toMatchObject([
      {
        code: 'unavailable',
        message: expect.stringContaining(words),
        nextStep: expect.stringContaining('metrics-server'),
      },
    ]);
    expect(metrics).toEqual([]);
  });
});
