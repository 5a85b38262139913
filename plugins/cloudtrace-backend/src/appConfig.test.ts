import { join } from 'node:path';
import type { JsonObject } from '@backstage/types';
import { compareConfig } from '@internal/config-contract';
import { readCloudtraceConfig } from './readCloudtraceConfig';
import { readSnykConfig } from './scans/sources/snyk/readSnykConfig';

const schedule = { frequency: '1h', timeout: '30m' };

/** Every block that the backend knows. */
const sample: JsonObject = {
  cloudtrace: {
    ingest: { listen: { port: 4318 }, quotas: {} },
    retention: {},
    tokens: { oidc: [{ provider: 'github', audience: 'https://portal' }] },
    fleet: { retention: {} },
    scans: { retention: {} },
    notifications: {},
    tracing: { urlTemplates: [{ title: 'Jaeger', url: 'https://jaeger' }] },
    snyk: {
      token: 'token',
      orgs: ['7a0f4e0c-2c5a-4d6e-9c39-5a3f0a3c2b11'],
      schedule,
    },
    sonarqube: {
      instances: [
        {
          name: 'default',
          baseUrl: 'https://sonarqube.example.com',
          token: 'token',
          schedule,
        },
      ],
    },
  },
};

it('reads exactly the keys that config.d.ts declares', () => {
  const comparison = compareConfig({
    packageDir: join(__dirname, '..'),
    readsForeignKeys: ['app.baseUrl'],
    samples: [sample],
    read: config => {
      readCloudtraceConfig(config);
      readSnykConfig(config);
    },
  });

  expect(comparison).toEqual({ undeclared: [], unread: [], unreached: [] });
});
