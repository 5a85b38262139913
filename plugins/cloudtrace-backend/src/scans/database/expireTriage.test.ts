import type { Knex } from 'knex';
import { startTestPostgres, type TestDatabases } from '../../testUtils';
import { storeFinding } from '../tests/storeFinding';
import { expireTriage, listExpired } from './expireTriage';

jest.setTimeout(60_000);

describe('expireTriage', () => {
  let databases: TestDatabases;
  let knex: Knex;
  const past = new Date(Date.now() - 60_000);
  const future = new Date(Date.now() + 3_600_000);

  beforeAll(async () => {
    databases = await startTestPostgres();
  });
  beforeEach(async () => {
    ({ knex } = await databases.createTestDatabase());
  });
  afterAll(() => databases?.stop());

  const store = (
    entityId: number,
    state: 'accepted' | 'false-positive',
    expiresAt: Date,
  ) => storeFinding(knex, { entityId, triage: { state, expiresAt } });
  const states = async () => {
    const rows = await knex('findings');
    return Object.fromEntries(
      rows.map(row => [row.finding_id, [row.state, row.triage_state]]),
    );
  };

  it('opens accepted findings again when they expire, and no others', async () => {
    const expired = await store(1, 'accepted', past);
    const valid = await store(1, 'accepted', future);
    const falsePositive = await store(1, 'false-positive', past);
    const foreign = await store(2, 'accepted', past);
    expect(await expireTriage(knex, 1)).toBe(1);
    expect(await states()).toEqual({
      [expired]: ['open', null],
      [valid]: ['accepted', 'accepted'],
      [falsePositive]: ['false-positive', 'false-positive'],
      [foreign]: ['accepted', 'accepted'],
    });
    const events = await knex('finding_events');
    expect(events.map(event => [event.finding_id, event.kind])).toEqual([
      [expired, 'triage-expired'],
    ]);
    expect(await knex('finding_counts')).toMatchObject([
      { entity_id: 1, medium: 1, accepted: 1, false_positive: 1 },
    ]);
  });

  it('records nothing if no acceptance has expired', async () => {
    await store(1, 'accepted', future);
    expect(await expireTriage(knex, 1)).toBe(0);
    expect(await knex('finding_events')).toEqual([]);
    expect(await knex('finding_counts')).toEqual([]);
  });

  it('lists each entity with an expired acceptance once', async () => {
    await store(1, 'accepted', future);
    await store(2, 'false-positive', past);
    await store(3, 'accepted', past);
    await store(3, 'accepted', past);
    await store(4, 'accepted', past);
    expect(await listExpired(knex)).toEqual([3, 4]);
    expect(await listExpired(knex, 3)).toEqual([3]);
    expect(await listExpired(knex, 1)).toEqual([]);
  });
});
