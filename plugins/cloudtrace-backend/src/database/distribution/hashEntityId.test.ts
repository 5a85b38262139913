import { startTestPostgres, type TestDatabases } from '../../testUtils';
import { queryRows } from '../queryRows';
import { hashEntityId } from './hashEntityId';

jest.setTimeout(60_000);

describe('hashEntityId', () => {
  let databases: TestDatabases;
  beforeAll(async () => {
    databases = await startTestPostgres();
  });
  afterAll(() => databases.stop());

  it('hashes as PostgreSQL does', async () => {
    const { knex } = await databases.createTestDatabase();
    const ids = [
      ...Array.from({ length: 2000 }, (_, index) => index),
      ...[1_000_003, 2 ** 30, 2 ** 31 - 1, -1, -(2 ** 31)],
    ];
    const rows = await queryRows<{ id: number; hash: number }>(
      knex,
      'SELECT id, hashint4(id) AS hash FROM unnest(?::int4[]) AS wanted (id)',
      [ids],
    );
    expect(rows).toHaveLength(ids.length);
    expect(rows.filter(({ id, hash }) => hashEntityId(id) !== hash)).toEqual(
      [],
    );
  });
});
