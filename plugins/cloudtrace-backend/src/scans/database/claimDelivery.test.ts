import { createHash } from 'node:crypto';
import { startTestPostgres, type TestDatabases } from '../../testUtils';
import { claimDelivery } from './claimDelivery';

jest.setTimeout(60_000);

describe('claimDelivery', () => {
  let databases: TestDatabases;
  beforeAll(async () => {
    databases = await startTestPostgres();
  });
  afterAll(() => databases?.stop());

  it('lets one of several replicas process a delivery', async () => {
    const { knex } = await databases.createTestDatabase();
    const claim = (source: string, body: string) =>
      claimDelivery(knex, {
        source,
        digest: createHash('sha256').update(body).digest(),
      });
    const claims = await Promise.all(
      Array.from({ length: 4 }, () => claim('snyk', 'body')),
    );
    expect(claims.filter(Boolean)).toHaveLength(1);
    expect(await claim('snyk', 'body')).toBe(false);
    expect(await claim('snyk', 'another body')).toBe(true);
    expect(await claim('another source', 'body')).toBe(true);
  });
});
