import request from 'supertest';
import {
  startTestPostgres,
  type TestDatabase,
  type TestPostgresVersion,
} from '../../testUtils';
import {
  asUser,
  startCloudtraceBackend,
  testEntity,
} from '../../testUtils/backend';
import { createTestToken } from '../../testUtils/createTestToken';
import {
  httpSpan,
  otlpJson,
  otlpProtobuf,
  type TestResourceSpans,
} from '../../testUtils/otlp';
import { postBody } from '../../testUtils/postBody';
import { compareRollupsWithRows } from '../../testUtils/rollupInvariant';

export const PATH = '/api/cloudtrace/otlp/v1/traces';
export const PROTOBUF = 'application/x-protobuf';
export const JSON_TYPE = 'application/json';
export const MIB = 1024 * 1024;

/** A backend that accepts requests of one service, on its own database. */
export interface IngestBackend {
  database: TestDatabase;
  port: number;
  token: string;
  /** Sends a body with the service's token; returns the status. */
  post(
    body: Buffer,
    type: string,
    headers?: Record<string, string>,
  ): Promise<number>;
  /** Sends spans in both encodings, one after the other. */
  postBoth(groups: TestResourceSpans[]): Promise<number[]>;
  /**
   * Checks what must always hold: rollups are right, no memory stays reserved,
   * the next request is served.
   */
  expectWell(): Promise<void>;
  stop(): Promise<void>;
}

/** Starts one; bodies must arrive within three seconds. */
export async function startIngestBackend(
  version: TestPostgresVersion,
): Promise<IngestBackend> {
  const databases = await startTestPostgres({ version });
  const database = await databases.createTestDatabase();
  const backend = await startCloudtraceBackend({
    database,
    entities: [testEntity('shop')],
    config: { cloudtrace: { ingest: { bodyTimeout: { seconds: 3 } } } },
  });
  const port = backend.server.port();
  const token = await createTestToken(database.knex, 'component:default/shop');
  const post: IngestBackend['post'] = async (body, type, headers) => {
    const answer = await postBody(
      port,
      PATH,
      { authorization: `Bearer ${token}`, 'content-type': type, ...headers },
      body,
    );
    return answer.status;
  };
  return {
    database,
    port,
    token,
    post,
    postBoth: async groups => [
      await post(otlpProtobuf(groups), PROTOBUF),
      await post(otlpJson(groups), JSON_TYPE),
    ],
    async expectWell() {
      const { rollups, rows } = await compareRollupsWithRows(database.knex);
      expect(rollups).toEqual(rows);
      const diagnostics = await request(backend.server)
        .get('/api/cloudtrace/v1/entities/component/default/shop/diagnostics')
        .query({ environment: 'production' })
        .set(asUser())
        .expect(200);
      expect(diagnostics.body.sources[0].figures).toContainEqual(
        expect.objectContaining({ id: 'queue-bytes', value: 0 }),
      );
      expect(
        await post(otlpProtobuf([{ spans: [httpSpan()] }]), PROTOBUF),
      ).toBe(200);
    },
    async stop() {
      await backend.stop();
      await databases.stop();
    },
  };
}
