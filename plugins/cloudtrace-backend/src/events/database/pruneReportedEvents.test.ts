import {
  startTestPostgres,
  type TestDatabase,
  type TestDatabases,
} from '../../testUtils';
import { pruneReportedEvents } from './pruneReportedEvents';

jest.setTimeout(60_000);

describe('pruneReportedEvents', () => {
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

  it('deletes events that happened before the time, and no others', async () => {
    const { knex } = database;
    const event = (key: string, at: Date) => ({
      entity_ref: 'component:default/shop',
      environment: 'production',
      kind: 'deploy',
      event_key: key,
      at,
      status: 'succeeded',
      body: '{}',
    });
    await knex('reported_events').insert([
      event('older', older),
      event('kept', before),
    ]);
    await pruneReportedEvents(knex, { before, signal });
    const rows = await knex('reported_events');
    expect(rows.map(row => row.event_key)).toEqual(['kept']);
  });
});
