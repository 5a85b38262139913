import { createHash } from 'node:crypto';
import { createServer, type IncomingMessage, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { Readable } from 'node:stream';
import { text } from 'node:stream/consumers';
import { setTimeout as sleep } from 'node:timers/promises';
import { pino } from 'pino';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { createAgentPorts } from './createAgentPorts.js';
import { DownloadAgent } from './DownloadAgent.js';

/** Imitates those parts of SQS, S3 and the service that an agent uses. */
let cloud: Server;
let base: string;
let waiting: ReturnType<typeof message>[];
let stored: Record<string, string>;
let reported: { key: string | undefined; subject: string }[];
let acknowledged: string[];
let reportStatus: number;

beforeEach(async () => {
  waiting = [];
  stored = {};
  reported = [];
  acknowledged = [];
  reportStatus = 201;
  cloud = createServer((request, response) => {
    void answer(request).then(({ status, body }) =>
      response
        .writeHead(status, { 'content-type': 'application/x-amz-json-1.0' })
        .end(body),
    );
  });
  await new Promise<void>(resolve => cloud.listen(0, '127.0.0.1', resolve));
  base = `http://127.0.0.1:${(cloud.address() as AddressInfo).port}`;
  vi.stubEnv('AWS_ENDPOINT_URL', base);
  vi.stubEnv('AWS_REGION', 'eu-central-1');
  vi.stubEnv('AWS_ACCESS_KEY_ID', 'AKIDEXAMPLE');
  vi.stubEnv('AWS_SECRET_ACCESS_KEY', 'example-only');
});

afterEach(() => {
  vi.unstubAllEnvs();
  cloud.closeAllConnections();
  cloud.close();
});

async function answer(
  request: IncomingMessage,
): Promise<{ status: number; body: string }> {
  const body = await text(request);
  const target = String(request.headers['x-amz-target'] ?? '');
  if (target.endsWith('.ReceiveMessage')) {
    const message = waiting.shift();
    if (!message) await sleep(50);
    return {
      status: 200,
      body: JSON.stringify({ Messages: message && [message] }),
    };
  }
  if (target.endsWith('.DeleteMessage')) {
    acknowledged.push(
      (JSON.parse(body) as { ReceiptHandle: string }).ReceiptHandle,
    );
    return { status: 200, body: '{}' };
  }
  const path = new URL(request.url ?? '', base).pathname;
  if (request.method === 'PUT') {
    stored[path] = body;
    return { status: 200, body: '' };
  }
  reported.push({
    key: request.headers['idempotency-key'] as string | undefined,
    subject: (JSON.parse(body) as { subject: string }).subject,
  });
  return { status: reportStatus, body: '{}' };
}

function message(id: string, content: unknown) {
  const Body = JSON.stringify(content);
  return {
    MessageId: id,
    ReceiptHandle: `r-${id}`,
    Body,
    // The SDK rejects a message whose body does not have this digest.
    MD5OfBody: createHash('md5').update(Body).digest('hex'),
  };
}

function agentWith(content: string): DownloadAgent {
  const ports = createAgentPorts({
    DOWNLOAD_QUEUE_URL: `${base}/111122223333/jobs`,
    DOWNLOAD_BUCKET: 'downloads',
    SERVICE_BASE_URL: base,
    DOWNLOAD_MAX_BYTES: 1_000,
    DOWNLOAD_TIMEOUT_MS: 5_000,
  });
  return new DownloadAgent({
    ports: {
      ...ports,
      open: async () => ({
        body: Readable.from([content]),
        contentType: 'text/csv',
      }),
    },
    logger: pino({ level: 'silent' }),
    jobTimeoutMs: 5_000,
  });
}

const job = { url: 'https://example.com/report.csv', key: 'reports/a.csv' };

describe('DownloadAgent', () => {
  it('stores, reports and then acknowledges a job', async () => {
    waiting = [message('1', job)];
    const agent = agentWith('a;b;c');
    agent.start();
    await vi.waitFor(() => expect(acknowledged).toEqual(['r-1']), 5_000);
    await agent.stop();

    expect(Object.keys(stored)).toEqual(['/downloads/reports/a.csv']);
    expect(Object.values(stored)[0]).toContain('a;b;c');
    expect(reported).toEqual([
      { key: 'download-1', subject: 'Downloaded reports/a.csv' },
    ]);
  });

  it('leaves a bad or failed job in the queue and continues with the next one', async () => {
    reportStatus = 503;
    waiting = [
      message('1', { url: 'http://inner', key: 'x' }),
      message('2', job),
    ];
    const agent = agentWith('a;b;c');
    agent.start();
    await vi.waitFor(() => expect(reported).toHaveLength(1), 5_000);
    reportStatus = 201;
    waiting = [message('2', job)];
    await vi.waitFor(() => expect(acknowledged).toEqual(['r-2']), 5_000);
    await agent.stop();

    expect(reported.map(report => report.key)).toEqual([
      'download-2',
      'download-2',
    ]);
  });

  it('stops immediately while it waits for a job', async () => {
    const agent = agentWith('');
    agent.start();
    await sleep(100);
    const startedAt = Date.now();
    await agent.stop();
    expect(Date.now() - startedAt).toBeLessThan(1_000);
  });
});
