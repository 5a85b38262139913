import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { freePort, ServiceProcess } from '../support/ServiceProcess.js';
import { SpanSink } from '../support/SpanSink.js';
import {
  createTestDatabase,
  type TestDatabase,
} from '../support/testDatabase.js';

const traceId = '0af7651916cd43dd8448eb211c80319c';
let database: TestDatabase;
let databaseUrl: string;
let sink: SpanSink;
let endpoint: string;

beforeAll(async () => {
  database = await createTestDatabase();
  ({ url: databaseUrl } = await database.migrate());
});

beforeEach(async () => {
  sink = new SpanSink();
  endpoint = await sink.listen();
  return () => sink.close();
});

afterAll(() => database.drop());

/** Runs the built service while `work` sends requests to it; its spans are complete when it has ended. */
async function withService(
  environment: Record<string, string>,
  work: (url: string) => Promise<void>,
): Promise<void> {
  const service = new ServiceProcess({
    port: await freePort(),
    environment: {
      DATABASE_URL: databaseUrl,
      DATABASE_MIGRATE_ON_START: 'false',
      LOG_LEVEL: 'info',
      SHUTDOWN_DRAIN_MS: '0',
      OTEL_SERVICE_NAME: 'orders',
      OTEL_RESOURCE_ATTRIBUTES:
        'service.instance.id=web-1,cloud.availability_zone=zone-a',
      OTEL_EXPORTER_OTLP_ENDPOINT: endpoint,
      ...environment,
    },
  });
  try {
    await service.waitForReadiness(200);
    await work(service.url);
    expect(await service.stop('SIGTERM')).toBe(0);
  } finally {
    await service.stop('SIGKILL');
  }
}

describe('telemetry of the running service', () => {
  it('creates one SERVER span per request, also for unsampled ones, and none per probe', async () => {
    await withService({}, async url => {
      for (const path of ['/', '/requests?limit=1', '/nowhere']) {
        const answer = await fetch(`${url}${path}`, {
          headers: { traceparent: `00-${traceId}-b7ad6b7169203331-00` },
        });
        expect(answer.headers.get('x-instance-id')).toBe('web-1');
        await answer.arrayBuffer();
      }
      await fetch(`${url}/healthz/live`);
      await sleep(50);
    });

    const common = {
      traceId,
      kind: 'SERVER',
      instanceId: 'web-1',
      zone: 'zone-a',
    };
    expect(sink.spans).toMatchObject([
      { ...common, name: 'GET /', route: '/', statusCode: 200 },
      {
        ...common,
        name: 'GET /requests',
        route: '/requests',
        statusCode: 200,
      },
      { ...common, name: 'GET', route: undefined, statusCode: 404 },
    ]);
    expect(sink.logBatches).toBe(0);
  });

  it('adds database spans and sends logs if requested', async () => {
    await withService(
      { TRACE_DATABASE: 'true', OTEL_LOGS_EXPORTER: 'otlp' },
      async url => {
        const answer = await fetch(`${url}/requests`, {
          headers: { traceparent: `00-${traceId}-b7ad6b7169203331-01` },
        });
        await answer.arrayBuffer();
      },
    );

    const ofRequest = sink.spans.filter(span => span.traceId === traceId);
    expect(ofRequest.filter(span => span.kind === 'SERVER')).toHaveLength(1);
    expect(
      ofRequest.some(
        span => span.kind === 'CLIENT' && span.name.startsWith('pg.query'),
      ),
    ).toBe(true);
    expect(sink.logBatches).toBeGreaterThan(0);
  });
});
