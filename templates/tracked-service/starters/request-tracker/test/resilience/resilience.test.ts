import { randomBytes, randomUUID } from 'node:crypto';
import { setTimeout as sleep } from 'node:timers/promises';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import {
  createTestDatabase,
  startDatabaseServer,
  stopDatabaseServer,
  type TestDatabase,
} from '../support/testDatabase.js';
import { freePort, ServiceProcess } from '../support/ServiceProcess.js';
import { SpanSink } from '../support/SpanSink.js';

let database: TestDatabase;
let sink: SpanSink;
let instances: ServiceProcess[];
let load: ClientLoad;

beforeEach(async () => {
  database = await createTestDatabase();
  const application = await database.migrate();
  sink = new SpanSink();
  const endpoint = await sink.listen();
  instances = await Promise.all(
    ['a', 'b'].map(async zone => {
      const environment = {
        DATABASE_URL: application.url,
        DATABASE_MIGRATE_ON_START: 'false',
        DATABASE_RETRY_BUDGET_MS: '2000',
        SHUTDOWN_DRAIN_MS: '4000',
        LOG_LEVEL: 'warn',
        OTEL_RESOURCE_ATTRIBUTES: `service.instance.id=web-${zone},cloud.availability_zone=zone-${zone}`,
        OTEL_EXPORTER_OTLP_ENDPOINT: endpoint,
        OTEL_EXPORTER_OTLP_HEADERS: 'Authorization=Bearer ctk_test',
        OTEL_BSP_SCHEDULE_DELAY: '200',
      };
      return new ServiceProcess({ port: await freePort(), environment });
    }),
  );
  await Promise.all(instances.map(instance => instance.waitForReadiness(200)));
  load = new ClientLoad(instances.map(instance => instance.url));
});

afterEach(async () => {
  await Promise.all(instances.map(instance => instance.stop('SIGKILL')));
  await sink.close();
  await database.drop();
});

describe('under load', () => {
  it('neither loses nor duplicates a write while PostgreSQL is stopped and started', async () => {
    load.start(8, 20);
    await sleep(1_500);
    await stopDatabaseServer();
    await Promise.all(
      instances.map(instance => instance.waitForReadiness(503)),
    );
    await sleep(3_000);
    expect(instances.every(instance => instance.running)).toBe(true);

    await startDatabaseServer();
    await Promise.all(
      instances.map(instance => instance.waitForReadiness(200)),
    );
    await sleep(1_500);
    await load.finish();

    expect(load.exchanges.some(exchange => exchange.status === 503)).toBe(true);
    expect(
      load.exchanges.filter(({ status }) => status !== 201 && status !== 503),
    ).toEqual([]);
    await expectStoredOnce();
    await expectOneSpanEach();
  });

  it('survives the death of an instance', async () => {
    load.start(8, 20);
    await sleep(1_000);
    await instances[0]?.stop('SIGKILL');
    await sleep(1_000);
    await load.finish();

    expect(load.unanswered).toBeGreaterThan(0);
    await expectStoredOnce();
  });

  it('drains on SIGTERM: not ready immediately, no response lost, exit code 0', async () => {
    load.start(8, 20);
    await sleep(1_000);
    const [leaving] = instances;
    if (!leaving) throw new Error('no instance');
    const answeredBefore = load.exchanges.length;
    const exited = leaving.stop('SIGTERM');
    await leaving.waitForReadiness(503, 2_500);

    // Requests still arrive here until the load balancer notices; then it sends them elsewhere.
    await sleep(500);
    await load.finish();
    expect(leaving.running).toBe(true);
    const exitCode = await exited;

    expect(exitCode).toBe(0);
    expect(load.unanswered).toBe(0);
    expect(load.exchanges.length).toBeGreaterThan(answeredBefore);
    await expectStoredOnce();
    await expectOneSpanEach();
  });
});

async function expectStoredOnce(): Promise<void> {
  const rows = await database.query<{ subject: string; events: number }>(
    `SELECT subject, count(e.id)::int AS events
     FROM requests r LEFT JOIN request_events e ON e.request_id = r.id
     GROUP BY r.id ORDER BY subject`,
  );
  expect(rows.length).toBeGreaterThan(20);
  expect(rows.map(row => row.subject)).toEqual([...load.acknowledged].sort());
  expect(rows.filter(row => row.events !== 1)).toEqual([]);
}

/** Every response has exactly one SERVER span, from the instance in its header. */
async function expectOneSpanEach(): Promise<void> {
  const deadline = Date.now() + 10_000;
  while (sink.spans.length < load.exchanges.length && Date.now() < deadline) {
    await sleep(100);
  }
  const expected = load.exchanges.map(exchange => ({
    traceId: exchange.traceId,
    name: 'POST /requests',
    kind: 'SERVER',
    route: '/requests',
    statusCode: exchange.status,
    instanceId: exchange.instanceId,
    zone: exchange.instanceId?.replace('web', 'zone'),
  }));
  const byTrace = (a: { traceId: string }, b: { traceId: string }) =>
    a.traceId.localeCompare(b.traceId);
  expect([...sink.spans].sort(byTrace)).toEqual(expected.sort(byTrace));
  expect([...sink.tokens]).toEqual(['Bearer ctk_test']);
}

/** One HTTP exchange with a response. */
interface Exchange {
  readonly traceId: string;
  readonly status: number;
  readonly instanceId: string | null;
}

/** Well-behaved clients: one idempotency key per write, repeated on another instance until it is acknowledged. */
class ClientLoad {
  /** Subjects whose write was acknowledged with 201. */
  readonly acknowledged: string[] = [];
  readonly exchanges: Exchange[] = [];
  /** Exchanges without a response: the connection was refused or lost. */
  unanswered = 0;
  readonly #urls: readonly string[];
  readonly #stop = new AbortController();
  #turn = 0;
  #clients: Promise<void>[] = [];

  constructor(urls: readonly string[]) {
    this.#urls = urls;
  }

  start(clients: number, pauseMs: number): void {
    this.#clients = Array.from({ length: clients }, () => this.#run(pauseMs));
  }

  /** Lets every client finish its current write. */
  async finish(): Promise<void> {
    this.#stop.abort();
    await Promise.all(this.#clients);
  }

  async #run(pauseMs: number): Promise<void> {
    while (!this.#stop.signal.aborted) {
      await this.#write();
      await sleep(pauseMs);
    }
  }

  async #write(): Promise<void> {
    const key = randomUUID();
    for (let attempt = 0; attempt < 200; attempt += 1) {
      if ((await this.#send(key)) === 201) {
        this.acknowledged.push(key);
        return;
      }
      await sleep(100);
    }
    throw new Error(`Write ${key} was never acknowledged`);
  }

  async #send(key: string): Promise<number> {
    const url = this.#urls[this.#turn++ % this.#urls.length] ?? '';
    const traceId = randomBytes(16).toString('hex');
    try {
      const answer = await fetch(`${url}/requests`, {
        method: 'POST',
        headers: {
          'content-type': 'application/json',
          'idempotency-key': key,
          // Not sampled by the caller: the service must trace it anyway.
          traceparent: `00-${traceId}-${randomBytes(8).toString('hex')}-00`,
        },
        body: JSON.stringify({ subject: key, requester: 'load' }),
        signal: AbortSignal.timeout(20_000),
      });
      await answer.arrayBuffer();
      this.exchanges.push({
        traceId,
        status: answer.status,
        instanceId: answer.headers.get('x-instance-id'),
      });
      return answer.status;
    } catch {
      this.unanswered += 1;
      return 0;
    }
  }
}
