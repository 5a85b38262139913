import {
  startTestPostgres,
  type TestDatabase,
  type TestDatabases,
} from '../../testUtils';
import { pruneFailovers } from './pruneFailovers';

jest.setTimeout(60_000);

describe('pruneFailovers', () => {
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

  it('deletes failovers that recovered before the time, and keeps ongoing ones', async () => {
    const { knex } = database;
    const failover = (failoverId: string, recoveredAt: Date | null) => ({
      entity_ref: 'component:default/shop',
      environment: 'production',
      failover_id: failoverId,
      subject_kind: 'zone',
      subject_key: failoverId,
      detected_at: older,
      recovered_at: recoveredAt,
      body: '{}',
    });
    await knex('failovers').insert([
      failover('older', older),
      failover('kept', before),
      failover('ongoing', null),
    ]);
    await pruneFailovers(knex, { before, signal });
    const rows = await knex('failovers').orderBy('failover_id');
    expect(rows.map(row => row.failover_id)).toEqual(['kept', 'ongoing']);
  });
});
