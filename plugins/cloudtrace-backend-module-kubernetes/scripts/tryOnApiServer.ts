import { setTimeout as delay } from 'node:timers/promises';
import type { AuthService, LoggerService } from '@backstage/backend-plugin-api';
import { ANNOTATION_KUBERNETES_AUTH_PROVIDER } from '@backstage/plugin-kubernetes-common';
import { CredentialSource } from '../src/client/CredentialSource';
import { ClusterSet } from '../src/clusters/ClusterSet';
import { describeWorkload } from '../src/describe/describeWorkload';
import { KubernetesFleetProvider } from '../src/KubernetesFleetProvider';
import { makeClusterRole } from '../src/rbac/clusterRole';
import {
  startApiServer,
  type RunningApiServer,
} from './apiServer/startApiServer';

/*
 * Runs the provider against a real API server: writes objects and statuses as
 * controllers and the kubelet would, and prints what the provider reports.
 */

const APPS = '/apis/apps/v1/namespaces/shop';
const CORE = '/api/v1/namespaces/shop';
const LABELS = { app: 'orders', 'backstage.io/kubernetes-id': 'orders' };
const TEMPLATE = {
  metadata: { labels: LABELS },
  spec: {
    containers: [
      {
        name: 'api',
        image: 'example/orders:1',
        resources: { limits: { memory: '256Mi' } },
      },
    ],
  },
};
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

function ownedBy(kind: string, { metadata }: any) {
  return [
    {
      apiVersion: 'apps/v1',
      kind,
      name: metadata.name,
      uid: metadata.uid,
      controller: true,
    },
  ];
}

async function fill({ admin }: RunningApiServer) {
  await admin.create('/api/v1/namespaces', { metadata: { name: 'shop' } });
  await admin.create('/api/v1/nodes', {
    metadata: {
      name: 'node-1',
      labels: { 'topology.kubernetes.io/zone': 'zone-a' },
    },
    status: { conditions: [{ type: 'Ready', status: 'True' }] },
  });
  const spec = {
    replicas: 1,
    selector: { matchLabels: { app: 'orders' } },
    template: TEMPLATE,
  };
  const deployment = await admin.create(`${APPS}/deployments`, {
    metadata: { name: 'orders', labels: LABELS },
    spec,
    status: { replicas: 1, readyReplicas: 1, updatedReplicas: 1 },
  });
  const revision = await admin.create(`${APPS}/replicasets`, {
    metadata: {
      name: 'orders-1',
      labels: LABELS,
      ownerReferences: ownedBy('Deployment', deployment),
    },
    spec,
    status: { replicas: 1, readyReplicas: 1 },
  });
  await admin.create(`${CORE}/pods`, {
    metadata: {
      name: 'orders-1-a',
      labels: LABELS,
      ownerReferences: ownedBy('ReplicaSet', revision),
    },
    spec: { ...TEMPLATE.spec, nodeName: 'node-1' },
    status: podStatus({ running: { startedAt: new Date().toISOString() } }),
  });
}

function podStatus(state: object, lastState: object = {}, restartCount = 0) {
  const ready = 'running' in state;
  return {
    phase: 'Running',
    podIP: '10.0.0.1',
    podIPs: [{ ip: '10.0.0.1' }],
    conditions: [{ type: 'Ready', status: ready ? 'True' : 'False' }],
    containerStatuses: [
      {
        name: 'api',
        image: 'example/orders:1',
        imageID: '',
        ready,
        restartCount,
        state,
        lastState,
      },
    ],
  };
}

/** The user of the provider gets exactly the documented role. */
async function allowReader({ admin, readerName }: RunningApiServer) {
  const role = makeClusterRole();
  const rbac = '/apis/rbac.authorization.k8s.io/v1';
  await admin.create(`${rbac}/clusterroles`, role);
  await admin.create(`${rbac}/clusterrolebindings`, {
    metadata: { name: role.metadata.name },
    roleRef: {
      apiGroup: 'rbac.authorization.k8s.io',
      kind: 'ClusterRole',
      name: role.metadata.name,
    },
    subjects: [{ kind: 'User', name: readerName }],
  });
}

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

    await fill(server);
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

    const { admin } = server;
    const step = async (title: string, action: () => Promise<unknown>) => {
      changes = 0;
      const startedAtMs = Date.now();
      await action();
      while (changes === 0 && Date.now() - startedAtMs < 10_000) await delay(5);
      const tookMs = Date.now() - startedAtMs;
      print(`${title}: noticed after ${tookMs} ms`, await collect());
    };
    await step('Out of memory and crash loop', () =>
      admin.patch(`${CORE}/pods/orders-1-a/status`, {
        status: podStatus(
          { waiting: { reason: 'CrashLoopBackOff' } },
          {
            terminated: {
              reason: 'OOMKilled',
              exitCode: 137,
              finishedAt: new Date().toISOString(),
            },
          },
          5,
        ),
      }),
    );
    await step('Node not ready', () =>
      admin.patch('/api/v1/nodes/node-1/status', {
        status: { conditions: [{ type: 'Ready', status: 'Unknown' }] },
      }),
    );
    await step('Pod deleted', () => admin.delete(`${CORE}/pods/orders-1-a`));
    await step('Workload deleted', () =>
      admin.delete(`${APPS}/deployments/orders`),
    );
  } finally {
    provider.stop();
    server.stop();
  }
}

main().catch(error => {
  process.stderr.write(`${error.stack}\n`);
  process.exitCode = 1;
});
