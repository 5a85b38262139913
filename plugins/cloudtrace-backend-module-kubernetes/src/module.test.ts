import {
  createBackendModule,
  createBackendPlugin,
} from '@backstage/backend-plugin-api';
import { mockServices, startTestBackend } from '@backstage/backend-test-utils';
import {
  fleetProvidersExtensionPoint,
  type FleetProvider,
} from '@cloudtrace/plugin-cloudtrace-node';
import module, { kubernetesFleetExtensionPoint } from './index';
import { FakeApiServer } from './testUtils/FakeApiServer';
import { component, scopeOf } from './testUtils/createTestProvider';
import { deployment } from './testUtils/objects';

jest.setTimeout(60_000);

let server: FakeApiServer;
beforeEach(async () => {
  server = await new FakeApiServer().start();
});
afterEach(() => server.stop());

async function start(
  data: object,
  added: Parameters<typeof startTestBackend>[0]['features'] = [],
) {
  const providers: FleetProvider[] = [];
  const backend = await startTestBackend({
    features: [
      createBackendPlugin({
        pluginId: 'cloudtrace',
        register(env) {
          env.registerExtensionPoint(fleetProvidersExtensionPoint, {
            addProvider: provider => providers.push(provider),
          });
          env.registerInit({ deps: {}, async init() {} });
        },
      }),
      module,
      ...added,
      mockServices.rootConfig.factory({ data }),
    ],
  });
  return { backend, providers };
}

const clusters = (authProvider: string, token?: string) => ({
  kubernetes: {
    clusterLocatorMethods: [
      {
        type: 'config',
        clusters: [
          {
            name: 'production',
            url: server.url,
            authProvider,
            ...(token && { serviceAccountToken: token }),
          },
        ],
      },
    ],
  },
});

const locate = (provider: FleetProvider) =>
  provider.locate([scopeOf(component('orders'))], {
    signal: new AbortController().signal,
  });

it('shows that Kubernetes is not configured', async () => {
  const { backend, providers } = await start({});
  expect(providers).toMatchObject([
    {
      id: 'kubernetes',
      notConfigured: {
        message: 'Kubernetes is not configured',
        nextStep: expect.stringContaining('kubernetes.clusterLocatorMethods'),
      },
    },
  ]);
  await backend.stop();
});

it('reads the clusters of the kubernetes section with their token', async () => {
  server.token = 'configured';
  server.put('deployments', deployment('orders'));
  const { backend, providers } = await start(
    clusters('serviceAccount', 'configured'),
  );
  const { locations, problems } = await locate(providers[0]);
  expect(problems).toEqual([]);
  expect(locations).toHaveLength(1);
  await backend.stop();
});

it('uses a strategy that a module adds', async () => {
  server.token = 'of-the-cloud';
  server.put('deployments', deployment('orders'));
  const { backend, providers } = await start(clusters('cloud'), [
    createBackendModule({
      pluginId: 'cloudtrace',
      moduleId: 'credentials',
      register(env) {
        env.registerInit({
          deps: { fleet: kubernetesFleetExtensionPoint },
          async init({ fleet }) {
            fleet.addAuthStrategy('cloud', {
              getCredential: async () => ({
                type: 'bearer token',
                token: 'of-the-cloud',
              }),
              validateCluster: () => [],
              presentAuthMetadata: () => ({}),
            });
          },
        });
      },
    }),
  ]);
  expect((await locate(providers[0])).locations).toHaveLength(1);
  await backend.stop();
});

it('says in the log why a strategy has no credentials, once', async () => {
  const logger = mockServices.logger.mock();
  logger.child.mockReturnValue(logger);
  const { backend, providers } = await start(clusters('cloud'), [
    logger.factory,
    createBackendModule({
      pluginId: 'cloudtrace',
      moduleId: 'credentials',
      register(env) {
        env.registerInit({
          deps: { fleet: kubernetesFleetExtensionPoint },
          async init({ fleet }) {
            fleet.addAuthStrategy('cloud', {
              getCredential: async () => {
                throw new Error('not authorized to perform: sts:AssumeRole');
              },
              validateCluster: () => [],
              presentAuthMetadata: () => ({}),
            });
          },
        });
      },
    }),
  ]);
  const { problems } = await locate(providers[0]);
  expect(problems[0]).toMatchObject({
    code: 'expired-credentials',
    nextStep: expect.stringMatching(/portal's log.*restart the portal/),
  });
  expect(JSON.stringify(problems)).not.toContain('AssumeRole');
  expect(
    logger.warn.mock.calls.filter(([text]) => text.includes('AssumeRole')),
  ).toHaveLength(1);
  await backend.stop();
});

it('explains a strategy that is missing', async () => {
  const { backend, providers } = await start(clusters('aws'));
  const { problems } = await locate(providers[0]);
  expect(problems[0]).toMatchObject({
    code: 'account-not-configured',
    message: expect.stringContaining("authProvider 'aws'"),
    nextStep: expect.stringContaining('kubernetesFleetExtensionPoint'),
  });
  await backend.stop();
});

it('says in the log and in diagnostics that a Prometheus is for no known cluster', async () => {
  const logger = mockServices.logger.mock();
  logger.child.mockReturnValue(logger);
  const { backend, providers } = await start(
    {
      ...clusters('serviceAccount', 't'),
      cloudtrace: {
        kubernetes: {
          prometheus: [
            { cluster: 'production', url: 'http://127.0.0.1:1' },
            { cluster: 'prodution', url: 'http://127.0.0.1:1' },
          ],
        },
      },
    },
    [logger.factory],
  );
  const { problems } = await locate(providers[0]);
  expect(problems[0]).toMatchObject({
    code: 'account-not-configured',
    message:
      "cloudtrace.kubernetes.prometheus names the cluster 'prodution', which CloudTrace does not know",
    nextStep: expect.stringContaining('kubernetes section'),
  });
  expect(
    logger.warn.mock.calls.filter(([text]) => text.includes('prometheus')),
  ).toEqual([[expect.stringContaining("'prodution'")]]);
  await backend.stop();
});

it('names locators that it does not read', async () => {
  const { backend, providers } = await start({
    kubernetes: { clusterLocatorMethods: [{ type: 'gke' }] },
  });
  const { problems } = await locate(providers[0]);
  expect(problems[0]).toMatchObject({
    code: 'account-not-configured',
    message: expect.stringContaining("'gke'"),
  });
  await backend.stop();
});

it.each([
  [
    { name: 'a', authProvider: 'x', url: 'kubernetes.local' },
    /url of the cluster 'a'/,
  ],
  [{ name: 'a', url: 'https://a' }, /cluster 'a' has no authProvider/],
])('rejects the configuration %j', async (cluster, message) => {
  const data = {
    kubernetes: {
      clusterLocatorMethods: [{ type: 'config', clusters: [cluster] }],
    },
  };
  await expect(start(data)).rejects.toThrow(message);
});
