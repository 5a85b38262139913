import type { AddressInfo } from 'node:net';
import { createServer, type Server } from 'node:http';
import { setTimeout as sleep } from 'node:timers/promises';
import { mockServices } from '@backstage/backend-test-utils';
import { ConfigReader } from '@backstage/config';
import express from 'express';
import { createIngest } from '../../createIngest';
import { createStorage } from '../../createStorage';
import { queryRows } from '../../database/queryRows';
import { readRetentionConfig } from '../../rollups/config';
import {
  startTestPostgres,
  testPostgresVersions,
  type TestDatabase,
  type TestDatabases,
} from '../../testUtils';
import { MetricsRecorder } from '../../testUtils/MetricsRecorder';
import { httpSpan, otlpJson } from '../../testUtils/otlp';
import { compareRollupsWithRows } from '../../testUtils/rollupInvariant';
import { readIngestConfig } from '../config';

jest.setTimeout(60_000);

/*
 * Two servers that store entities, as far as ingest knows: those with an even
 * number are on one, the others on the other. Both are one PostgreSQL.
 */
describe.each(testPostgresVersions())(
  'ingest with several servers, PostgreSQL %s',
  version => {
    let databases: TestDatabases;
    let database: TestDatabase;
    let server: Server;
    let shutDown: () => Promise<void>;

    beforeAll(async () => {
      databases = await startTestPostgres({ version });
    });
    afterAll(() => databases.stop());

    beforeEach(async () => {
      database = await databases.createTestDatabase();
      const config = new ConfigReader({
        cloudtrace: { ingest: { statementTimeout: { milliseconds: 700 } } },
      });
      const lifecycle = mockServices.lifecycle.mock();
      const shared = {
        knex: database.knex,
        retention: readRetentionConfig(config),
        logger: mockServices.logger.mock(),
        metrics: new MetricsRecorder(),
        lifecycle,
      };
      const storage = await createStorage({
        ...shared,
        scheduler: mockServices.scheduler.mock(),
        maintains: false,
      });
      const ingest = await createIngest({
        ...shared,
        ...storage,
        config: readIngestConfig(config),
        placement: {
          serverOf: entityId => entityId % 2,
          servers: [0, 1],
          refresh: () => undefined,
        },
        // The token is the number of the entity.
        tokens: {
          verify: async token => ({
            tokenId: `${token}`,
            entityId: Number(token),
            entityRef: `component:default/e${token}`,
            environment: 'production',
          }),
        },
      });
      server = createServer(express().use(ingest.router));
      await new Promise<void>(resolve =>
        server.listen(0, '127.0.0.1', resolve),
      );
      shutDown = async () => {
        server.close();
        for (const [hook] of lifecycle.addShutdownHook.mock.calls) await hook();
      };
    });
    afterEach(async () => {
      await shutDown();
      await database.destroy();
    });

    const post = async (entityId: number, body: Buffer) => {
      const { port } = server.address() as AddressInfo;
      const response = await fetch(`http://127.0.0.1:${port}/otlp/v1/traces`, {
        method: 'POST',
        headers: {
          authorization: `Bearer ${entityId}`,
          'content-type': 'application/json',
        },
        body: new Uint8Array(body),
      });
      return {
        status: response.status,
        retryAfter: response.headers.get('retry-after'),
        message: ((await response.json()) as { message?: string }).message,
      };
    };
    const bodyOf = (name: string, spans = 5) =>
      otlpJson([
        {
          resource: { 'service.instance.id': name },
          spans: Array.from({ length: spans }, () =>
            httpSpan({ attributes: { 'http.route': `/${name}` } }),
          ),
        },
      ]);

    it('never writes entities of two servers in one transaction, and stores every body once', async () => {
      const bodies = Array.from({ length: 60 }, (_, index) => ({
        entityId: 1 + (index % 7),
        body: bodyOf(`i-${index % 10}`),
      }));
      // Each body three times, as if responses had been lost.
      const answers = await Promise.all(
        [...bodies, ...bodies, ...bodies].map(({ entityId, body }) =>
          post(entityId, body),
        ),
      );
      expect(new Set(answers.map(({ status }) => status))).toEqual(
        new Set([200]),
      );
      const [counted] = await queryRows(
        database.knex,
        `SELECT count(*)::int AS requests, count(DISTINCT span_id)::int AS spans
           FROM requests`,
      );
      expect(counted).toEqual({ requests: 300, spans: 300 });
      const [ledger] = await database.knex('request_ledger').count();
      expect(ledger).toEqual({ count: '60' });
      const mixed = await queryRows(
        database.knex,
        `SELECT xmin::text FROM requests GROUP BY 1
         HAVING count(DISTINCT entity_id % 2) > 1`,
      );
      expect(mixed).toEqual([]);
      const { rollups, rows } = await compareRollupsWithRows(database.knex);
      expect(rollups).toEqual(rows);
    });

    it('responds to senders of a server that hangs, and to nobody else, with 503', async () => {
      const body = bodyOf('a');
      expect((await post(1, body)).status).toBe(200);
      expect((await post(2, bodyOf('a'))).status).toBe(200);
      // Whoever enters this body again waits for the transaction.
      const hanging = await database.knex.transaction();
      await hanging.raw('DELETE FROM request_ledger WHERE entity_id = 1');
      const waiting = [
        post(1, body),
        sleep(100).then(() => post(3, bodyOf('b'))),
      ];
      let others = 0;
      let settled = false;
      const failed = Promise.all(waiting).finally(() => (settled = true));
      while (!settled) {
        expect((await post(2, bodyOf('a'))).status).toBe(200);
        others++;
      }
      expect(others).toBeGreaterThan(3);
      // Not yet tried again.
      for (const answer of [...(await failed), await post(3, bodyOf('b'))]) {
        expect(answer).toEqual({
          status: 503,
          retryAfter: expect.stringMatching(/^[12]$/),
          message:
            'The database server that stores this entity does not respond; send the requests again',
        });
      }
      await hanging.rollback();
      await expectSoon(200, async () => (await post(1, body)).status);
      const stored = await queryRows(
        database.knex,
        'SELECT count(*)::int AS copies FROM requests WHERE entity_id = 1',
      );
      expect(stored).toEqual([{ copies: 5 }]);
    });
  },
);

/** Repeats until the result is as expected, for five seconds. */
async function expectSoon(
  expected: number,
  read: () => Promise<number>,
): Promise<void> {
  let result = await read();
  for (let tries = 0; result !== expected && tries < 50; tries++) {
    await sleep(100);
    result = await read();
  }
  expect(result).toBe(expected);
}
