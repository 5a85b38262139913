import type { ReportedEvent } from '@cloudtrace/plugin-cloudtrace-common';
import {
  startTestPostgres,
  type TestDatabase,
  type TestDatabases,
} from '../../testUtils';
import { listReportedEvents } from './listReportedEvents';
import { upsertReportedEvent } from './upsertReportedEvent';

jest.setTimeout(60_000);

describe('stored events', () => {
  let databases: TestDatabases;
  let database: TestDatabase;

  beforeAll(async () => {
    databases = await startTestPostgres();
    database = await databases.createTestDatabase();
  });
  afterAll(() => databases.stop());

  const at = (minute: number) =>
    new Date(Date.UTC(2026, 10, 1, 10, minute)).toISOString();
  const deploy = (id: string, more: object) =>
    ({ kind: 'deploy', id, version: '1.2.3', ...more } as ReportedEvent);
  const scope = {
    entityRef: 'component:default/shop',
    environment: 'production',
  };
  const store = (event: ReportedEvent) =>
    upsertReportedEvent(database.knex, { ...scope, event });
  const stored = async (id: string) => {
    const rows = await listReportedEvents(database.knex, {
      ...scope,
      from: new Date(at(0)),
      to: new Date(at(59)),
    });
    return rows
      .filter(row => row.event_key === id)
      .map(row => [row.status, row.at.toISOString()]);
  };

  it('are new, then updated, and unchanged by an identical report', async () => {
    const started = deploy('a', { at: at(1), status: 'started' });
    expect(await store(started)).toBe('new');
    expect(await store(started)).toBe('unchanged');
    const succeeded = deploy('a', {
      at: at(1),
      endedAt: at(3),
      status: 'succeeded',
    });
    expect(await store(succeeded)).toBe('updated');
    expect(await stored('a')).toEqual([['succeeded', at(1)]]);
  });

  it('keep their outcome when the start arrives late', async () => {
    await store(deploy('b', { at: at(1), endedAt: at(5), status: 'failed' }));
    expect(await store(deploy('b', { at: at(1), status: 'started' }))).toBe(
      'unchanged',
    );
    expect(await stored('b')).toEqual([['failed', at(1)]]);
    // A start after the end is a new attempt.
    expect(await store(deploy('b', { at: at(6), status: 'started' }))).toBe(
      'updated',
    );
    expect(await stored('b')).toEqual([['started', at(6)]]);
  });
});
