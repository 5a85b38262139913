import { setTimeout as delay } from 'node:timers/promises';
import type { AuthService, LoggerService } from '@backstage/backend-plugin-api';
import { ANNOTATION_KUBERNETES_AUTH_PROVIDER } from '@backstage/plugin-kubernetes-common';
import { CredentialSource } from '../src/client/CredentialSource';
import { ClusterSet } from '../src/clusters/ClusterSet';
import { describeWorkload } from '../src/describe/describeWorkload';
import { KubernetesFleetProvider } from '../src/KubernetesFleetProvider';
import { allowReader } from './apiServer/allowReader';
import { ShopCluster } from './apiServer/ShopCluster';
import {
  startApiServer,
  type RunningApiServer,
} from './apiServer/startApiServer';

/*
 * Runs the provider against a real API server: writes objects and statuses as
 * controllers and the kubelet would, and prints what the provider reports.
 */

const SCOPE = {
  entityRef: 'component:default/orders',
  environment: 'default',
  relatedResources: [],
  entity: {
    apiVersion: 'backstage.io/v1alpha1',
    kind: 'Component',
    metadata: {
      name: 'orders',
      annotations: { 'backstage.io/kubernetes-id': 'orders' },
    },
    spec: { owner: 'team-a' },
  },
};

const write = (text: string, meta?: unknown) => {
  process.stderr.write(`${text} ${meta ?? ''}\n`);
};
const logger: LoggerService = {
  error: write,
  warn: write,
  info: write,
  debug: () => {},
  child: () => logger,
};
/** Only suppliers that check permissions use the credentials. */
const auth = {
  getOwnServiceCredentials: async () => ({}),
} as unknown as AuthService;

function createProvider({ url, readerToken }: RunningApiServer) {
  const details = {
    name: 'real',
    url,
    skipTLSVerify: true,
    authMetadata: {
      [ANNOTATION_KUBERNETES_AUTH_PROVIDER]: 'serviceAccount',
      serviceAccountToken: readerToken,
    },
  };
  return new KubernetesFleetProvider({
    describe: describeWorkload,
    logger,
    clusters: new ClusterSet({
      supplier: { getClusters: async () => [details] },
      auth,
      credentials: new CredentialSource(new Map()),
      logger,
    }),
  });
}

function print(title: string, value: unknown) {
  process.stdout.write(`\n== ${title}\n${JSON.stringify(value, null, 2)}\n`);
}

async function main() {
  const server = await startApiServer();
  const provider = createProvider(server);
  try {
    const { signal } = new AbortController();
    const locate = () => provider.locate([SCOPE], { signal });
    let changes = 0;
    provider.subscribe(() => {
      changes += 1;
    });
    await provider.start();
    print('Without the ClusterRole', (await locate()).problems);

    const shop = new ShopCluster(server);
    await shop.deploy();
    await allowReader(server);
    let located = await locate();
    for (let i = 0; i < 120 && located.locations.length === 0; i++) {
      await delay(1_000);
      located = await locate();
    }
    print('Located with the ClusterRole', located);
    const collect = () =>
      provider.collect(
        located.locations.map(({ resource }) => resource),
        { signal, since: () => undefined },
      );
    await delay(3_000);
    print('Healthy', await collect());

    const step = async (title: string, action: () => Promise<unknown>) => {
      changes = 0;
      const startedAtMs = Date.now();
      await action();
      while (changes === 0 && Date.now() - startedAtMs < 10_000) await delay(5);
      const tookMs = Date.now() - startedAtMs;
      print(`${title}: noticed after ${tookMs} ms`, await collect());
    };
    await step('Crash loop', () => shop.crashLoop('a'));
    await step('Out of memory', () => shop.outOfMemory('b'));
    await step('Scaled out', () => shop.scaleOut(5, 92));
    await step('Rollout hangs', () => shop.hangRollout());
    await step('Node away', () => shop.loseNode('c'));
    await step('Pod deleted', () => shop.deletePod('a'));
    await step('Workload deleted', () => shop.deleteWorkload());
  } finally {
    provider.stop();
    server.stop();
  }
}

main().catch(error => {
  process.stderr.write(`${error.stack}\n`);
  process.exitCode = 1;
});
