import { startTestPostgres, type TestDatabases } from '../../testUtils';
import { assertQuicklyMoved } from './assertQuicklyMoved';
import { tablePlacement } from './tablePlacement';

jest.setTimeout(60_000);

const MB = 1024 * 1024;
const { reference, distributed } = tablePlacement;

describe('the start of a backend that shall distribute its tables', () => {
  let databases: TestDatabases;
  beforeAll(async () => {
    databases = await startTestPostgres();
  });
  afterAll(() => databases.stop());

  it('accepts empty tables with their partitions', async () => {
    const { knex } = await databases.createTestDatabase();
    await expect(
      assertQuicklyMoved(knex, [...reference, ...distributed], 16 * MB),
    ).resolves.toBeUndefined();
  });

  it('rejects filled partitions, and names the command to run instead', async () => {
    const { knex } = await databases.createTestDatabase();
    await knex.raw(
      `INSERT INTO request_ledger (entity_id, fingerprint, started_on)
       SELECT 1, gen_random_uuid(), date_trunc('day', now(), 'UTC')
         FROM generate_series(1, 20000)`,
    );
    await expect(assertQuicklyMoved(knex, distributed, MB)).rejects.toThrow(
      /^cloudtrace.database.distributed is true, but \d+ MB are not distributed yet, and a backend distributes at most 1 MB when it starts. Run 'yarn distribute' first/,
    );
    await expect(
      assertQuicklyMoved(knex, ['entities'], MB),
    ).resolves.toBeUndefined();
  });
});
