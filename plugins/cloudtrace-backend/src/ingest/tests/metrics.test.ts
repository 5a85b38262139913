import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { mockServices } from '@backstage/backend-test-utils';
import { ConfigReader } from '@backstage/config';
import express from 'express';
import request from 'supertest';
import { readIngestConfig } from '../config';
import { readRetentionConfig } from '../../rollups/config';
import { ensureEntity } from '../../database/entities/ensureEntity';
import { readTableSizes } from '../../rollups/database/readTableSizes';
import { RequestsReporter } from '../RequestsReporter';
import { DatabaseRequestStore } from '../../requests/DatabaseRequestStore';
import {
  startTestPostgres,
  type TestDatabase,
  type TestDatabases,
} from '../../testUtils';
import { testEntity } from '../../testUtils/backend';
import { MetricsRecorder } from '../../testUtils/MetricsRecorder';
import { httpSpan, otlpProtobuf, testId } from '../../testUtils/otlp';
import { createSecretHasher } from '../../tokens/hashSecret';
import { TokenRules } from '../../tokens/TokenRules';
import { createIngest, type Ingest } from '../../createIngest';
import { createStorage, type Storage } from '../../createStorage';

jest.setTimeout(60_000);

const ENTITY = 'component:default/shop';
const DOCS = join(__dirname, '../../../../../docs/ingest.md');

describe('metrics of ingest', () => {
  let databases: TestDatabases;
  let database: TestDatabase;
  let metrics: MetricsRecorder;
  let ingest: Ingest;
  let storage: Storage;
  let app: express.Express;
  const logger = mockServices.logger.mock();
  let entityId: number;

  beforeAll(async () => {
    databases = await startTestPostgres();
  });
  beforeEach(async () => {
    database = await databases.createTestDatabase();
    metrics = new MetricsRecorder();
    entityId = await ensureEntity(database.knex, ENTITY);
    const config = new ConfigReader({});
    const shared = {
      knex: database.knex,
      retention: readRetentionConfig(config),
      logger,
      metrics,
    };
    storage = await createStorage({
      ...shared,
      scheduler: mockServices.scheduler.mock(),
      lifecycle: mockServices.lifecycle.mock(),
      maintains: true,
    });
    ingest = await createIngest({
      ...shared,
      ...storage,
      config: readIngestConfig(config),
      tokens: {
        verify: async token =>
          token === 'right'
            ? {
                tokenId: 'token',
                entityId,
                entityRef: ENTITY,
                environment: 'production',
              }
            : undefined,
      },
      lifecycle: mockServices.lifecycle.mock(),
    });
    app = express().use(ingest.router);
  });
  afterEach(() => {
    jest.restoreAllMocks();
    return database.destroy();
  });
  afterAll(() => databases.stop());

  const send = (body: Buffer, token: string = 'right') =>
    request(app)
      .post('/otlp/v1/traces')
      .set({
        authorization: `Bearer ${token}`,
        'content-type': 'application/x-protobuf',
      })
      .send(body);
  const figures = async () => {
    const reporter = new RequestsReporter({
      knex: database.knex,
      store: new DatabaseRequestStore({ knex: database.knex }),
      tokenRules: new TokenRules({ hasher: createSecretHasher() }),
      ...ingest,
      ...storage,
    });
    const [source] = await reporter.report({
      entityRef: ENTITY,
      entity: testEntity('shop'),
      environment: 'production',
    });
    return Object.fromEntries(
      source.figures.map(({ id, value }) => [id, value]),
    );
  };
  const oneSpan = () => otlpProtobuf([{ spans: [httpSpan()] }]);

  it('count spans, responses and commits, as metrics and in Diagnostics', async () => {
    const spanId = testId(16);
    const traceId = testId(32);
    await send(
      otlpProtobuf([
        {
          spans: [
            httpSpan(),
            httpSpan({ spanId, traceId }),
            httpSpan({ spanId, traceId }),
            httpSpan({ kind: 3 }),
            httpSpan({ startNs: 1_000_000_000n }),
            httpSpan({ spanId: '0'.repeat(16) }),
          ],
        },
      ]),
    ).expect(200);
    await send(oneSpan(), 'wrong').expect(401);
    await send(Buffer.from('nonsense')).expect(400);

    expect(metrics.sums('cloudtrace.ingest.spans.count')).toEqual({
      '{"outcome":"stored"}': 2,
      '{"outcome":"duplicate"}': 1,
      '{"outcome":"ignored"}': 1,
      '{"outcome":"rejected","reason":"too-old"}': 1,
      '{"outcome":"rejected","reason":"invalid-span-id"}': 1,
    });
    expect(metrics.sums('cloudtrace.ingest.answers.count')).toEqual({
      '{"status":200}': 1,
      '{"status":401}': 1,
      '{"status":400}': 1,
    });
    expect(metrics.recorded('cloudtrace.ingest.batch.spans')).toEqual([2]);
    const [seconds] = metrics.recorded('cloudtrace.ingest.commit.duration');
    expect(seconds).toBeGreaterThan(0);
    expect(await figures()).toMatchObject({
      'spans-stored': 2,
      'spans-duplicate': 1,
      'spans-ignored': 1,
      'spans-rejected-too-old': 1,
      'spans-rejected-invalid-span-id': 1,
      'batch-spans': 2,
      'queue-bytes': 0,
    });
    // Percentiles of DurationHistogram are within 1.1 %.
    const { 'commit-p99': p99 } = await figures();
    expect(Math.abs(p99 / (seconds * 1000) - 1)).toBeLessThan(0.011);
  });

  it('count failed transactions, and spans that wait meanwhile', async () => {
    const { knex } = database;
    const blocker = await knex.transaction();
    await blocker.raw('LOCK TABLE requests IN ACCESS EXCLUSIVE MODE');
    const body = oneSpan();
    const waiting = send(body).then(response => response.status);
    while (ingest.statistics().queue.waitingSpans === 0) {
      await new Promise(resolve => setTimeout(resolve, 10));
    }
    expect(await metrics.observe('cloudtrace.ingest.waiting.spans')).toEqual({
      '{}': 1,
    });
    expect(await metrics.observe('cloudtrace.ingest.queue.bytes')).toEqual({
      '{}': body.length,
    });
    // The time limit of a statement.
    expect(await waiting).toBe(503);
    await blocker.rollback();
    expect(metrics.sums('cloudtrace.ingest.commit_failures.count')).toEqual({
      '{}': 1,
    });
    expect(await metrics.observe('cloudtrace.ingest.waiting.spans')).toEqual({
      '{}': 0,
    });
    expect(await metrics.observe('cloudtrace.ingest.queue.bytes')).toEqual({
      '{}': 0,
    });
    // Ingest leaves the server alone for a second, so a sender may need a retry.
    let retried = await send(body);
    while (retried.status === 503) {
      await new Promise(resolve => setTimeout(resolve, 100));
      retried = await send(body);
    }
    expect(retried.status).toBe(200);
  });

  it('include the lag of rollups, on the replica that compacts', async () => {
    await send(oneSpan()).expect(200);
    expect(await metrics.observe('cloudtrace.rollups.lag')).toEqual({});
    expect(await figures()).not.toHaveProperty('rollup-lag');

    expect((await storage.compactor.run()).deltas).toBeGreaterThan(0);
    const then = Date.now() + 90_000;
    jest.spyOn(Date, 'now').mockReturnValue(then);
    const lag = (await metrics.observe('cloudtrace.rollups.lag'))['{}'];
    expect(lag).toBeGreaterThan(85);
    expect(lag).toBeLessThan(95);
    expect((await figures())['rollup-lag']).toBe(Math.round(lag));
    jest.restoreAllMocks();

    // A failed run does not count: the lag keeps growing.
    await database.knex.raw('ALTER TABLE rollups_minute RENAME TO gone');
    await send(oneSpan()).expect(200);
    const before = storage.compactor.lastCompletedAt;
    await storage.compactor.run();
    expect(storage.compactor.lastCompletedAt).toBe(before);
    await database.knex.raw('ALTER TABLE gone RENAME TO rollups_minute');
  });

  it("include the size of each table's partitions", async () => {
    const before = await metrics.observe('cloudtrace.partitions.size');
    expect(Object.keys(before).sort()).toEqual([
      '{"table":"request_ledger"}',
      '{"table":"requests"}',
      '{"table":"rollups_day"}',
      '{"table":"rollups_hour"}',
      '{"table":"rollups_minute"}',
    ]);
    await send(
      otlpProtobuf([{ spans: Array.from({ length: 2000 }, () => httpSpan()) }]),
    ).expect(200);
    const after = await metrics.observe('cloudtrace.partitions.size');
    const grown =
      after['{"table":"requests"}'] - before['{"table":"requests"}'];
    // 80 bytes plus PostgreSQL's overhead per row, then indexes.
    expect(grown).toBeGreaterThan(2000 * 80);
    expect(grown).toBeLessThan(2000 * 400);
    const sizes = await readTableSizes(database.knex);
    const shown = await figures();
    for (const { table, bytes } of sizes) {
      expect(after[`{"table":"${table}"}`]).toBe(bytes);
      expect(shown[`partitions-${table.replaceAll('_', '-')}`]).toBe(bytes);
    }
  });

  it('omit sizes if the database does not respond', async () => {
    await database.knex.destroy();
    expect(await metrics.observe('cloudtrace.partitions.size')).toEqual({});
    expect(logger.warn).toHaveBeenLastCalledWith(
      'Could not read partition sizes',
      expect.any(Error),
    );
  });

  it('are exactly those in the documentation', () => {
    const [, monitoring] = readFileSync(DOCS, 'utf8').split(
      '\n## Monitoring ingest\n',
    );
    // Each once, even if the text mentions it again.
    const listed = new Set(
      monitoring
        .match(/`cloudtrace\.[a-z_]+\.[a-z_.]+`/g)!
        .map(name => name.slice(1, -1)),
    );
    expect([...listed].sort()).toEqual(metrics.names().sort());
  });
});
