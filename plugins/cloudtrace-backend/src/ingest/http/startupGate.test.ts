import {
  coreServices,
  createBackendPlugin,
} from '@backstage/backend-plugin-api';
import { startTestBackend } from '@backstage/backend-test-utils';
import { startupGateFactory } from './startupGate';

/** Compares what a sender gets while plugins start and afterwards. */
async function ask(baseUrl: string, path: string) {
  const response = await fetch(`${baseUrl}${path}`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: '{}',
  });
  const body = await response.text();
  return { status: response.status, headers: response.headers, body };
}

it('responds to ingest with 503 until the plugin has routes, and to nothing else', async () => {
  let baseUrl = '';
  let early: Awaited<ReturnType<typeof ask>>[] = [];
  const slowPlugin = createBackendPlugin({
    pluginId: 'slow',
    register(env) {
      env.registerInit({
        deps: { discovery: coreServices.discovery },
        async init({ discovery }) {
          baseUrl = await discovery.getBaseUrl('cloudtrace');
          early = [
            await ask(baseUrl, '/otlp/v1/traces'),
            await ask(baseUrl, '/entities'),
          ];
        },
      });
    },
  });
  const backend = await startTestBackend({
    features: [startupGateFactory, slowPlugin],
  });
  try {
    const [ingest, other] = early;
    expect(ingest.status).toBe(503);
    expect(ingest.headers.get('retry-after')).toMatch(/^[12]$/);
    expect(JSON.parse(ingest.body)).toEqual({
      code: 14,
      message: 'The backend is starting; try again',
    });
    expect(other.status).toBe(404);
    // Nothing handles the path here, and the gate lets everything through.
    expect((await ask(baseUrl, '/otlp/v1/traces')).status).toBe(404);
  } finally {
    await backend.stop();
  }
});
