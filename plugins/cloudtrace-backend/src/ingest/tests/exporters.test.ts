import { execFile } from 'node:child_process';
import { join } from 'node:path';
import { promisify } from 'node:util';
import type { TestBackend } from '@backstage/backend-test-utils';
import {
  startTestPostgres,
  type TestDatabase,
  type TestDatabases,
} from '../../testUtils';
import { startCloudtraceBackend, testEntity } from '../../testUtils/backend';
import { createTestToken } from '../../testUtils/createTestToken';

jest.setTimeout(60_000);

describe('stock OpenTelemetry exporters', () => {
  let databases: TestDatabases;
  let database: TestDatabase;
  let backend: TestBackend;
  let token: string;

  beforeAll(async () => {
    databases = await startTestPostgres();
    database = await databases.createTestDatabase();
    backend = await startCloudtraceBackend({
      database,
      entities: [testEntity('shop')],
    });
    token = await createTestToken(database.knex, 'component:default/shop');
  });
  afterAll(async () => {
    await backend?.stop();
    await databases.stop();
  });

  it.each([
    ['protobuf', 'none'],
    ['protobuf', 'gzip'],
    ['json', 'none'],
    ['json', 'gzip'],
  ])(
    'send %s, compression %s, with nothing but endpoint and token',
    async (encoding, compression) => {
      const instance = `i-${encoding}-${compression}`;
      await promisify(execFile)(process.execPath, [
        join(__dirname, 'sendSpans.mjs'),
        `http://localhost:${backend.server.port()}/api/cloudtrace/otlp/v1/traces`,
        token,
        encoding,
        compression,
        instance,
      ]);
      const { rows } = await database.knex.raw(
        `SELECT count(*)::int AS requests, sum(flags & 1)::int AS errors,
                min(o.method || ' ' || o.route) AS route, min(i.zone) AS zone
           FROM requests r JOIN instances i USING (entity_id, instance_id)
           JOIN routes o USING (entity_id, route_id)
          WHERE i.instance_key = ?`,
        [instance],
      );
      expect(rows).toEqual([
        { requests: 20, errors: 1, route: 'GET /carts/{id}', zone: 'zone-a' },
      ]);
    },
  );
});
