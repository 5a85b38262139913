import { readFileSync } from 'node:fs';
import { setTimeout as sleep } from 'node:timers/promises';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { AwsStandIn } from '../support/AwsStandIn.js';
import { freePort, ServiceProcess } from '../support/ServiceProcess.js';
import { SpanSink } from '../support/SpanSink.js';
import { createTestDatabase } from '../support/testDatabase.js';

// Starts the service as infra/ does: the endpoint in a variable, the token in the secret store. No database is needed
// for that.
describe('the ingest token', () => {
  let sink: SpanSink;
  let aws: AwsStandIn;
  let environment: Record<string, string>;

  beforeEach(async () => {
    sink = new SpanSink();
    aws = new AwsStandIn({
      GetSecretValue: () => ({ SecretString: 'ctk_from_the_store' }),
    });
    environment = {
      ...(await aws.listen()),
      DEPLOYMENT_ENVIRONMENT: 'production',
      INGEST_TOKEN_SECRET_ARN: 'arn:aws:secretsmanager:eu-central-1:1:secret:t',
      OTEL_BSP_SCHEDULE_DELAY: '100',
      OTEL_EXPORTER_OTLP_ENDPOINT: await sink.listen(),
      OTEL_RESOURCE_ATTRIBUTES:
        'service.instance.id=one,cloud.availability_zone=zone-a',
      OTEL_SERVICE_NAME: 'orders',
      SHUTDOWN_DRAIN_MS: '0',
    };
  });

  afterEach(async () => {
    await sink.close();
    await aws.close();
  });

  async function spans(): Promise<SpanSink['spans']> {
    for (const deadline = Date.now() + 25_000; Date.now() < deadline;) {
      if (sink.spans.length > 0) break;
      await sleep(50);
    }
    return sink.spans;
  }

  it('authorises the spans of the service', async () => {
    const port = await freePort();
    const service = new ServiceProcess({
      port,
      environment: {
        ...environment,
        DATABASE_URL: 'postgresql://nobody@127.0.0.1:1/none',
      },
    });
    try {
      await service.waitForReadiness(503);
      await fetch(`${service.url}/nowhere`);
      expect(await spans()).toMatchObject([
        { kind: 'SERVER', instanceId: 'one', zone: 'zone-a', statusCode: 404 },
      ]);
      expect([...sink.tokens]).toEqual(['Bearer ctk_from_the_store']);
      expect(service.output).not.toContain('ctk_');
    } finally {
      await service.stop('SIGKILL');
    }
  });
});

describe('PROBE_PATH, which the failover drill calls', () => {
  it('returns 200 without a session', async () => {
    const database = await createTestDatabase();
    const service = new ServiceProcess({
      port: await freePort(),
      environment: { DATABASE_URL: database.url, SHUTDOWN_DRAIN_MS: '0' },
    });
    try {
      await service.waitForReadiness(200);
      const script = readFileSync(
        new URL('../../scripts/ci/starter.sh', import.meta.url),
        'utf8',
      );
      const path = /^readonly PROBE_PATH='(.+)'$/m.exec(script)?.[1];
      const response = await fetch(`${service.url}${path}`);
      expect(response.status).toBe(200);
    } finally {
      await service.stop('SIGTERM');
      await database.drop();
    }
  });
});
