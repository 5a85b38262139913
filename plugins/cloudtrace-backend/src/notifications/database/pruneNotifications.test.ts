import {
  startTestPostgres,
  type TestDatabase,
  type TestDatabases,
} from '../../testUtils';
import { pruneNotifications } from './pruneNotifications';

jest.setTimeout(60_000);

describe('pruneNotifications', () => {
  let databases: TestDatabases;
  let database: TestDatabase;
  const { signal } = new AbortController();
  const before = new Date('2026-03-01T00:00:00Z');
  const older = new Date('2026-02-28T23:59:59Z');

  beforeAll(async () => {
    databases = await startTestPostgres();
    database = await databases.createTestDatabase();
  });
  afterAll(() => databases?.stop());

  it('deletes records of notifications sent before the time, and no others', async () => {
    const { knex } = database;
    const sent = (topic: string, at: Date) => ({
      entity_ref: 'component:default/shop',
      topic,
      sent_at: at,
    });
    await knex('sent_notifications').insert([
      sent('older', older),
      sent('kept', before),
    ]);
    await pruneNotifications(knex, { before, signal });
    const rows = await knex('sent_notifications');
    expect(rows.map(row => row.topic)).toEqual(['kept']);
  });
});
