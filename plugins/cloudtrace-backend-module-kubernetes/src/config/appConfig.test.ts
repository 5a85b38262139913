import { join } from 'node:path';
import { compareConfig } from '@internal/config-contract';
import { readKubernetesConfig } from './readKubernetesConfig';
import { readPrometheusConfig } from './readPrometheusConfig';

it('reads exactly the keys that config.d.ts declares', () => {
  const comparison = compareConfig({
    packageDir: join(__dirname, '../..'),
    samples: [
      {
        cloudtrace: {
          kubernetes: {
            prometheus: [
              {
                cluster: 'production',
                url: 'https://127.0.0.1:9090',
                labels: { cluster: 'production' },
              },
            ],
          },
        },
        kubernetes: {
          clusterLocatorMethods: [
            {
              type: 'config',
              clusters: [
                {
                  name: 'production',
                  url: 'https://127.0.0.1:6443',
                  authProvider: 'serviceAccount',
                  authMetadata: { team: 'platform' },
                },
              ],
            },
          ],
        },
      },
    ],
    read(config) {
      readKubernetesConfig(config);
      readPrometheusConfig(config);
    },
  });

  expect(comparison).toEqual({ undeclared: [], unread: [], unreached: [] });
});
