import { Client } from 'pg';
import { testPostgresVersions } from '../../testUtils';
import { createTestToken } from '../../testUtils/createTestToken';
import { httpSpan, otlpProtobuf } from '../../testUtils/otlp';
import { postBody } from '../../testUtils/postBody';
import {
  PATH,
  PROTOBUF,
  startIngestBackend,
  type IngestBackend,
} from './startIngestBackend';

jest.setTimeout(60_000);

describe.each(testPostgresVersions())(
  'a stampede on new names, PostgreSQL %s',
  version => {
    let ingest: IngestBackend;
    let other: Client;

    beforeAll(async () => {
      ingest = await startIngestBackend(version);
      other = new Client({
        connectionString: ingest.database.connectionString,
      });
      await other.connect();
    });
    afterAll(async () => {
      await other?.end();
      await ingest?.stop();
    });

    const bodyOf = (route: string) =>
      otlpProtobuf([
        { spans: [httpSpan({ attributes: { 'http.route': route } })] },
      ]);

    it('stores each of hundreds of concurrent requests', async () => {
      const statuses = await Promise.all(
        Array.from({ length: 450 }, (_, index) =>
          ingest.post(bodyOf(`/new/${index % 90}`), PROTOBUF),
        ),
      );
      expect(new Set(statuses)).toEqual(new Set([200]));
    });

    it('holds no connection while another replica adds names of the entity', async () => {
      const { knex } = ingest.database;
      const token = await createTestToken(knex, 'component:default/calm');
      const postCalm = async () =>
        (
          await postBody(
            ingest.port,
            PATH,
            { authorization: `Bearer ${token}`, 'content-type': PROTOBUF },
            bodyOf('/known'),
          )
        ).status;
      expect(await postCalm()).toBe(200);
      const { rows } = await knex.raw(
        `SELECT entity_id FROM entities WHERE entity_ref = 'component:default/shop'`,
      );
      // The lock of a replica that adds names but makes no progress.
      const lock = [`cloudtrace routes`, rows[0].entity_id];
      await other.query('SELECT pg_advisory_lock(hashtext($1), $2)', lock);
      const waiting = Array.from({ length: 60 }, (_, index) =>
        ingest.post(bodyOf(`/later/${index}`), PROTOBUF),
      );
      try {
        // More than the pool has connections.
        for (let count = 0; count < 12; count++) {
          expect(await postCalm()).toBe(200);
        }
        const { rows: waiters } = await other.query(
          `SELECT count(*)::int AS count FROM pg_stat_activity
            WHERE datname = current_database() AND wait_event_type = 'Lock'`,
        );
        expect(waiters).toEqual([{ count: 0 }]);
      } finally {
        await other.query('SELECT pg_advisory_unlock(hashtext($1), $2)', lock);
      }
      expect(new Set(await Promise.all(waiting))).toEqual(new Set([200]));
    });
  },
);
