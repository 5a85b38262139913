import { execFile } from 'node:child_process';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
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
  let ownPort: number;

  beforeAll(async () => {
    databases = await startTestPostgres();
    database = await databases.createTestDatabase();
    const probe = createServer();
    await new Promise<void>(resolve => {
      probe.listen(0, '127.0.0.1', resolve);
    });
    ownPort = (probe.address() as AddressInfo).port;
    await new Promise(resolve => probe.close(resolve));
    backend = await startCloudtraceBackend({
      database,
      entities: [testEntity('shop')],
      config: {
        cloudtrace: {
          ingest: { listen: { host: '127.0.0.1', port: ownPort } },
        },
      },
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
    'send %s, compression %s, with only endpoint and token',
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
      await expectStored(instance);
    },
  );

  it('accept the port of ingest as their endpoint', async () => {
    await promisify(execFile)(
      process.execPath,
      [join(__dirname, 'sendSpans.mjs'), '', '', 'protobuf', '', 'i-own-port'],
      {
        env: {
          ...process.env,
          OTEL_EXPORTER_OTLP_ENDPOINT: `http://127.0.0.1:${ownPort}`,
          OTEL_EXPORTER_OTLP_HEADERS: `authorization=Bearer%20${token}`,
        },
      },
    );
    await expectStored('i-own-port');
  });

  async function expectStored(instance: string) {
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
  }
});
