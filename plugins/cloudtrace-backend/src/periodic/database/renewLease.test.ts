import type { Knex } from 'knex';
import { startTestPostgres, type TestDatabases } from '../../testUtils';
import { beginRun } from './beginRun';
import { renewLease } from './renewLease';

jest.setTimeout(60_000);

describe('the lease of a run', () => {
  let databases: TestDatabases;
  let knex: Knex;
  beforeAll(async () => {
    databases = await startTestPostgres();
    ({ knex } = await databases.createTestDatabase());
  });
  afterAll(() => databases?.stop());

  const renew = (name: string, holder: string, leaseMs = 60_000) =>
    renewLease(knex, { name, holder, leaseMs });
  const begin = (name: string, holder: string) =>
    beginRun(knex, { name, holder, frequencyMs: 60_000 });
  const set = (name: string, columns: string) =>
    knex.raw(`UPDATE fleet_leases SET ${columns} WHERE name = ?`, [name]);

  it('belongs to one holder, who can extend it', async () => {
    expect(await renew('one', 'a')).toBe(true);
    expect(await renew('one', 'b')).toBe(false);
    expect(await renew('one', 'a')).toBe(true);
    expect(await renew('two', 'b')).toBe(true);
  });

  it('passes to another holder when it has expired', async () => {
    expect(await renew('expired', 'a', -1)).toBe(true);
    expect(await renew('expired', 'b')).toBe(true);
    expect(await renew('expired', 'a')).toBe(false);
  });

  it('allows only its holder to begin a run', async () => {
    await renew('holder', 'a');
    expect(await begin('holder', 'b')).toBe(false);
    expect(await begin('holder', 'a')).toBe(true);
  });

  it('allows the next run when the interval has passed', async () => {
    await renew('interval', 'a');
    expect(await begin('interval', 'a')).toBe(true);
    await set('interval', 'run_finished_at = now()');
    expect(await begin('interval', 'a')).toBe(false);
    await set('interval', "run_started_at = now() - interval '2 minutes'");
    expect(await begin('interval', 'a')).toBe(true);
  });

  it('allows a run at once when the last one did not finish', async () => {
    await renew('died', 'a');
    expect(await begin('died', 'a')).toBe(true);
    expect(await begin('died', 'a')).toBe(true);
  });
});
