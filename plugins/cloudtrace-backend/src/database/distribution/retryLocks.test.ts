import { startTestPostgres, type TestDatabases } from '../../testUtils';
import { queryRows } from '../queryRows';
import { retryLocks } from './retryLocks';

jest.setTimeout(60_000);

describe('a transaction that needs a table for itself', () => {
  let databases: TestDatabases;
  beforeAll(async () => {
    databases = await startTestPostgres();
  });
  afterAll(() => databases.stop());

  it('lets others read while it waits for a reader, and runs when that one ends', async () => {
    const { knex } = await databases.createTestDatabase();
    const read = (tx = knex) =>
      queryRows(tx, 'SELECT count(*)::int AS count FROM reported_events');
    const reader = await knex.transaction();
    await read(reader);
    let attempts = 0;
    const change = retryLocks(
      knex,
      'reported_events',
      async tx => {
        attempts += 1;
        await tx.raw('LOCK TABLE reported_events IN ACCESS EXCLUSIVE MODE');
        return 'changed';
      },
      { lockTimeoutMs: 100, pauseMs: 50 },
    );
    // Each of these would wait behind the lock for as long as the reader is there.
    while (attempts < 3) expect(await read()).toEqual([{ count: 0 }]);
    await reader.commit();
    expect(await change).toBe('changed');
  });

  it('gives up in the end, and says which table is in use', async () => {
    const { knex } = await databases.createTestDatabase();
    const reader = await knex.transaction();
    await queryRows(reader, 'SELECT 1 FROM reported_events');
    await expect(
      retryLocks(
        knex,
        'reported_events',
        tx =>
          tx.raw('LOCK TABLE reported_events IN ACCESS EXCLUSIVE MODE').then(),
        { lockTimeoutMs: 50, pauseMs: 10, giveUpMs: 200 },
      ),
    ).rejects.toThrow(
      /^The table reported_events was in use by other transactions for \d+ s; end them/,
    );
    await reader.commit();
  });

  it('does not try again after another error', async () => {
    const { knex } = await databases.createTestDatabase();
    let attempts = 0;
    await expect(
      retryLocks(knex, 'reported_events', async tx => {
        attempts += 1;
        await tx.raw('SELECT 1 / 0');
      }),
    ).rejects.toThrow('division by zero');
    expect(attempts).toBe(1);
  });
});
