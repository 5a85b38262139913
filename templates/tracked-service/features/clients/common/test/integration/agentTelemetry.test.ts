import { createHash } from 'node:crypto';
import { setTimeout as sleep } from 'node:timers/promises';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { AwsStandIn } from '../support/AwsStandIn.js';
import { freePort, ServiceProcess } from '../support/ServiceProcess.js';
import { SpanSink } from '../support/SpanSink.js';

// Starts an agent as infra/ does: the endpoint in a variable, the token in the secret store. No database is needed
// for that.
let sink: SpanSink;
let aws: AwsStandIn;
let environment: Record<string, string>;
let jobs: string[];

beforeEach(async () => {
  jobs = ['not a job'];
  sink = new SpanSink();
  aws = new AwsStandIn({
    GetSecretValue: () => ({ SecretString: 'ctk_from_the_store' }),
    ReceiveMessage: () => {
      const [body] = jobs.splice(0);
      return body
        ? {
            Messages: [
              {
                MessageId: 'm-1',
                ReceiptHandle: 'r-1',
                Body: body,
                // The SDK checks it.
                MD5OfBody: createHash('md5').update(body).digest('hex'),
              },
            ],
          }
        : {};
    },
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

it('authorises the spans of a download agent, also for a failed job', async () => {
  const agent = new ServiceProcess({
    program: 'agent.js',
    port: await freePort(),
    environment: {
      ...environment,
      DOWNLOAD_BUCKET: 'downloads',
      // The SDK requests jobs at the queue's address, whatever endpoint is set.
      DOWNLOAD_QUEUE_URL: `${environment['AWS_ENDPOINT_URL'] ?? ''}/1/downloads`,
      SERVICE_BASE_URL: 'http://127.0.0.1:1',
    },
  });
  try {
    expect(await spans()).toMatchObject([
      { kind: 'CONSUMER', name: 'download', instanceId: 'one', zone: 'zone-a' },
    ]);
    expect([...sink.tokens]).toEqual(['Bearer ctk_from_the_store']);
    expect(aws.operations).toContain('GetSecretValue');
    expect(agent.output).not.toContain('ctk_');
  } finally {
    await agent.stop('SIGKILL');
  }
});
