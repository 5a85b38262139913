import { mockCredentials } from '@backstage/backend-test-utils';
import request from 'supertest';
import { startTestPostgres, type TestDatabases } from '../../testUtils';
import {
  asUser,
  startCloudtraceBackend,
  testEntity,
} from '../../testUtils/backend';
import { DefaultTokenService } from '../../tokens/DefaultTokenService';
import { createSecretHasher } from '../../tokens/hashSecret';

jest.setTimeout(120_000);

describe('upload of SonarQube answers', () => {
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
        name: 'sonar',
      },
      { credentials: mockCredentials.user() },
    );
    token = secret;
  });
  afterAll(async () => {
    await backend?.stop();
    await databases.stop();
  });

  const upload = (...hashes: string[]) =>
    request(backend.server)
      .post('/api/cloudtrace/scans/sonarqube')
      .query({ category: 'shop', ref: 'main' })
      .set('authorization', `Bearer ${token}`)
      .send({
        paging: { pageIndex: 1, pageSize: 500, total: hashes.length },
        issues: hashes.map(hash => ({
          rule: 'javascript:S5131',
          severity: 'MAJOR',
          component: 'shop:src/app.js',
          project: 'shop',
          hash,
          message: `Problem ${hash}`,
          status: 'OPEN',
        })),
      });

  it('shows what the second analysis fixed and brought, and the last one fixed', async () => {
    const first = await upload('a', 'b');
    expect([first.status, first.body.scans]).toMatchObject([
      201,
      [{ tool: 'SonarQube', category: 'shop', newFindings: 2 }],
    ]);
    const again = await upload('a', 'b');
    expect(again.body.scans).toMatchObject([{ replayed: true }]);
    const second = await upload('b', 'c');
    expect(second.body.scans).toMatchObject([
      { newFindings: 1, fixedFindings: 1 },
    ]);
    const list = await request(backend.server)
      .get('/api/cloudtrace/v1/entities/component/default/shop/findings')
      .set(asUser());
    expect(list.body.items.map((f: any) => f.title).sort()).toEqual([
      'Problem b',
      'Problem c',
    ]);
    const empty = await upload();
    expect(empty.body.scans).toMatchObject([
      { category: 'shop', fixedFindings: 2 },
    ]);
  });
});
