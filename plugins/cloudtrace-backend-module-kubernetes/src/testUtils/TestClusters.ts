import type { FleetChange } from '@cloudtrace/plugin-cloudtrace-node';
import { clusterAt, createTestProvider, scopeOf } from './createTestProvider';
import { FakeApiServer } from './FakeApiServer';
import { deployment, event, pod, replicaSet } from './objects';

type TestProvider = ReturnType<typeof createTestProvider>;

const { signal } = new AbortController();

/** API servers and providers of a test; `stop` ends them. */
export class TestClusters {
  readonly #servers: FakeApiServer[] = [];
  readonly #providers: TestProvider[] = [];

  async startServer(
    certificate?: Parameters<FakeApiServer['start']>[0],
  ): Promise<FakeApiServer> {
    const server = await new FakeApiServer().start(certificate);
    this.#servers.push(server);
    return server;
  }

  /** A server that fails to respond: nothing listens there any more. */
  async goneUrl(): Promise<string> {
    const server = await new FakeApiServer().start();
    const { url } = server;
    await server.stop();
    return url;
  }

  async startProvider(clusters: Parameters<typeof createTestProvider>[0]) {
    const test = createTestProvider(clusters);
    const changes: FleetChange[] = [];
    test.provider.subscribe(change => changes.push(change));
    this.#providers.push(test);
    await test.provider.start();
    return { ...test, changes };
  }

  /** Starts a server with the objects of {@link fillShop}, and a provider for it. */
  async startShop() {
    const server = await this.startServer();
    fillShop(server);
    return { server, ...(await this.startProvider([clusterAt(server.url)])) };
  }

  async stop(): Promise<void> {
    for (const { provider } of this.#providers.splice(0)) provider.stop();
    await Promise.all(this.#servers.splice(0).map(server => server.stop()));
  }
}

/** The Deployment `orders` in the namespace `shop`, with all that belongs to it. */
export function fillShop(server: FakeApiServer) {
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

/** Locates scopes and collects what was located. */
export async function collectAll(
  provider: TestProvider['provider'],
  scopes: ReturnType<typeof scopeOf>[],
) {
  const { locations, problems } = await provider.locate(scopes, { signal });
  const reports = await provider.collect(
    locations.map(({ resource }) => resource),
    { signal, since: () => undefined },
  );
  return { locations, problems, reports };
}
