import { clusterAt, component, scopeOf } from '../testUtils/createTestProvider';
import { sendStatus } from '../testUtils/FakeApiServer';
import { collectAll, fillShop, TestClusters } from '../testUtils/TestClusters';
import { until } from '../testUtils/until';

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
    404,
    'not-enabled',
    "Metrics of pods are not available in cluster 'production', so CPU and memory of orders are unknown",
    'Install metrics-server in the cluster; CloudTrace finds it within a minute',
  ],
  [
    403,
    'access-denied',
    "Cluster 'production' does not allow CloudTrace to list pods.metrics.k8s.io, so CPU and memory of orders are unknown",
    expect.stringContaining('cluster-role.yaml'),
  ],
  [
    503,
    'unavailable',
    "Cluster 'production' could not be read (pods.metrics.k8s.io): it responded with HTTP 503, so CPU and memory of orders are unknown",
    expect.stringContaining('kubectl get apiservice v1beta1.metrics.k8s.io'),
  ],
])(
  'says why the usage is unknown: HTTP %s',
  async (status, code, message, nextStep) => {
    const { collect } = await setUp(server => {
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
