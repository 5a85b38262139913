import { createBackendPlugin } from '@backstage/backend-plugin-api';
import { mockServices, startTestBackend } from '@backstage/backend-test-utils';
import { catalogServiceMock } from '@backstage/plugin-catalog-node/testUtils';
import {
  scanSourcesExtensionPoint,
  type ScanConnector,
} from '@cloudtrace/plugin-cloudtrace-node';
import module from './index';

jest.setTimeout(60_000);

async function connectorsWith(cloudtrace: object): Promise<string[]> {
  const connectors: ScanConnector[] = [];
  const backend = await startTestBackend({
    features: [
      createBackendPlugin({
        pluginId: 'cloudtrace',
        register(env) {
          env.registerExtensionPoint(scanSourcesExtensionPoint, {
            addSource: () => {},
            addConnector: connector => connectors.push(connector),
          });
          env.registerInit({ deps: {}, async init() {} });
        },
      }),
      module,
      catalogServiceMock.factory(),
      mockServices.rootConfig.factory({ data: { cloudtrace } }),
    ],
  });
  await backend.stop();
  return connectors.map(({ id }) => id);
}

it('adds its connector only if Snyk is configured', async () => {
  expect(await connectorsWith({})).toEqual([]);
  const snyk = {
    token: 't',
    orgs: ['11111111-1111-4111-8111-111111111111'],
  };
  expect(await connectorsWith({ snyk })).toEqual(['snyk']);
});
