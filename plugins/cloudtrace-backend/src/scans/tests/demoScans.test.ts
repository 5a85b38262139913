import { mockCredentials } from '@backstage/backend-test-utils';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import request from 'supertest';
import { startTestPostgres, type TestDatabases } from '../../testUtils';
import {
  asUser,
  startCloudtraceBackend,
  testEntity,
} from '../../testUtils/backend';
import { DefaultTokenService } from '../../tokens/DefaultTokenService';
import { createSecretHasher } from '../../tokens/hashSecret';

jest.setTimeout(180_000);

const rounds = join(__dirname, '../../../../../scripts/demoScans');
const files = [
  ['eslint.sarif', 'sarif'],
  ['flawfinder.sarif', 'sarif'],
  ['npm-audit.json', 'npm-audit'],
  ['trivy.json', 'trivy'],
  ['snyk.json', 'snyk'],
  ['sonarqube.json', 'sonarqube'],
] as const;

describe('the files of the demo', () => {
  let databases: TestDatabases;
  let backend: Awaited<ReturnType<typeof startCloudtraceBackend>>;
  let token: string;

  beforeAll(async () => {
    databases = await startTestPostgres();
    const database = await databases.createTestDatabase();
    backend = await startCloudtraceBackend({
      database,
      entities: [testEntity('shop')],
    });
    const tokens = new DefaultTokenService({
      knex: database.knex,
      hasher: createSecretHasher(undefined),
      defaultExpiryDays: 30,
    });
    const { secret } = await tokens.createToken(
      {
        entityRef: 'component:default/shop',
        environment: 'default',
        kind: 'scans',
        name: 'demo',
      },
      { credentials: mockCredentials.user() },
    );
    token = secret;
  });
  afterAll(async () => {
    await backend?.stop();
    await databases.stop();
  });

  const get = async (path: string) =>
    (
      await request(backend.server)
        .get(`/api/cloudtrace/v1/entities/component/default/shop${path}`)
        .set(asUser())
    ).body;

  it('are taken again and again, and the counts are those of the list', async () => {
    for (const round of [1, 2, 1, 2]) {
      for (const [name, format] of files) {
        const answer = await request(backend.server)
          .post(`/api/cloudtrace/scans/${format}`)
          .query({ ref: 'main', category: name })
          .query({ analysedAt: new Date().toISOString() })
          .set('authorization', `Bearer ${token}`)
          .set('content-type', 'application/json')
          .serialize(x => x as never)
          .send(readFileSync(join(rounds, `round${round}`, name)) as never);
        expect([name, answer.status, answer.body.scans?.[0].status]).toEqual([
          name,
          201,
          'imported',
        ]);
        const { items } = await get('/findings?limit=100');
        const listed: Record<string, number> = {};
        for (const { severity } of items) {
          listed[severity] = (listed[severity] ?? 0) + 1;
        }
        const { open } = await get('/findings/summary');
        const none = { critical: 0, high: 0, medium: 0, low: 0, info: 0 };
        expect([round, name, open]).toEqual([
          round,
          name,
          { ...none, ...listed },
        ]);
      }
    }
    const { newSinceLastScan, fixedSinceLastScan } = await get(
      '/findings/summary',
    );
    expect(newSinceLastScan).toBeGreaterThan(0);
    expect(fixedSinceLastScan).toBeGreaterThan(0);
  });
});
