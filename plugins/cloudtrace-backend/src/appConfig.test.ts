import { join } from 'node:path';
import type { JsonObject } from '@backstage/types';
import { compareConfig } from '@internal/config-contract';
import { readCloudtraceConfig } from './readCloudtraceConfig';

/** Every config block that the backend reads. */
const sample: JsonObject = {
  cloudtrace: {
    database: { distributed: true },
    ingest: { listen: { port: 4318 }, grpc: { port: 4317 }, quotas: {} },
    retention: {},
    tokens: { oidc: [{ provider: 'github', audience: 'https://portal' }] },
    fleet: { retention: {} },
    scans: { retention: {} },
    notifications: {},
    tracing: { urlTemplates: [{ title: 'Jaeger', url: 'https://jaeger' }] },
  },
};

it('reads exactly the keys that config.d.ts declares', () => {
  const comparison = compareConfig({
    packageDir: join(__dirname, '..'),
    readsForeignKeys: ['app.baseUrl'],
    samples: [sample],
    read: readCloudtraceConfig,
  });

  expect(comparison).toEqual({ undeclared: [], unread: [], unreached: [] });
});
