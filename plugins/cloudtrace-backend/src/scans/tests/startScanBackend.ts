import { mockCredentials } from '@backstage/backend-test-utils';
import type { TokenKind } from '@cloudtrace/plugin-cloudtrace-common';
import request, { type Test } from 'supertest';
import { gzipSync } from 'node:zlib';
import { startTestPostgres, type TestDatabase } from '../../testUtils';
import {
  asUser,
  startCloudtraceBackend,
  testEntity,
} from '../../testUtils/backend';
import { DefaultTokenService } from '../../tokens/DefaultTokenService';
import { createSecretHasher } from '../../tokens/hashSecret';
import { TokenRules } from '../../tokens/TokenRules';
import { sarif } from './samples';

/** The entity that gets the scans; its owner is `group:default/team-a`. */
export const SCAN_ENTITY = 'component:default/shop';

const BASE = '/api/cloudtrace/v1/entities/component/default/shop';

/** A backend with tokens, and helpers that call it as pipelines and users do. */
export interface ScanTestBackend {
  backend: Awaited<ReturnType<typeof startCloudtraceBackend>>;
  database: TestDatabase;
  upload(
    body: object | Buffer | string,
    options?: {
      format?: string;
      query?: object;
      token?: string;
      gzip?: boolean;
    },
  ): Test;
  /** Path below the entity's part of the API. `ann` may do everything, `reader` may only read. */
  get(path: string, user?: string, query?: object): Test;
  triage(findingId: string, body: object, user?: string): Test;
  createToken(kind: TokenKind, entityRef?: string): Promise<string>;
  stop(): Promise<void>;
}

/** Starts one, with a finding on an entity that nobody may see. */
export async function startScanBackend(): Promise<ScanTestBackend> {
  const databases = await startTestPostgres();
  const database = await databases.createTestDatabase();
  const backend = await startCloudtraceBackend({
    database,
    entities: [
      testEntity('shop', {
        relations: [{ type: 'ownedBy', targetRef: 'group:default/team-a' }],
      }),
      testEntity('hidden'),
    ],
    config: { app: { baseUrl: 'http://localhost:3000' } },
    policy: ({ permission, resourceRef }, principal) => {
      const { userEntityRef } = principal as { userEntityRef?: string };
      return userEntityRef === 'user:default/ann'
        ? resourceRef === SCAN_ENTITY
        : userEntityRef === 'user:default/reader' &&
            permission.name === 'cloudtrace.security.read';
    },
    visible: ({ metadata }) => metadata.name !== 'hidden',
  });
  const hasher = createSecretHasher();
  const tokens = new DefaultTokenService({
    knex: database.knex,
    environments: { resolve: async (_, name = 'default') => name },
    hasher,
    logger: { warn: () => undefined },
    rules: new TokenRules({ hasher }),
    readUid: async () => undefined,
    defaultExpiryDays: 30,
  });
  const createToken = async (kind: TokenKind, entityRef = SCAN_ENTITY) => {
    const { secret } = await tokens.createToken(
      { entityRef, environment: 'default', kind, name: kind },
      { credentials: mockCredentials.user() },
    );
    return secret;
  };
  const ownToken = await createToken('scans');

  const upload: ScanTestBackend['upload'] = (body, options = {}) => {
    const { format = 'sarif', query = {}, token = ownToken, gzip } = options;
    const text =
      typeof body === 'string' || Buffer.isBuffer(body)
        ? body
        : JSON.stringify(body);
    const bytes = gzip ? gzipSync(text) : Buffer.from(text);
    const call = request(backend.server)
      .post(`/api/cloudtrace/scans/${format}`)
      .query(query)
      .set('authorization', `Bearer ${token}`)
      .set('content-type', 'application/sarif+json')
      // Sent unchanged: supertest would convert a buffer to JSON.
      .serialize(x => x as never);
    if (gzip) call.set('content-encoding', 'gzip');
    return call.send(bytes as never);
  };
  await upload(sarif(['hidden problem']), {
    token: await createToken('scans', 'component:default/hidden'),
  });

  return {
    backend,
    database,
    upload,
    createToken,
    get: (path, user = 'user:default/ann', query = {}) =>
      request(backend.server)
        .get(BASE + path)
        .query(query)
        .set(asUser(user)),
    triage: (findingId, body, user = 'user:default/ann') =>
      request(backend.server)
        .patch(`${BASE}/findings/${findingId}`)
        .set(asUser(user))
        .send(body),
    async stop() {
      await backend.stop();
      await databases.stop();
    },
  };
}

/** A valid end date for an accepted risk. */
export function inAWeek(): string {
  return new Date(Date.now() + 7 * 86_400_000).toISOString();
}
