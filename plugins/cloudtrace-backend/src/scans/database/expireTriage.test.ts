import { mockServices } from '@backstage/backend-test-utils';
import knexFactory, { type Knex } from 'knex';
import { ensureEntity } from '../../database/entities/ensureEntity';
import { startTestPostgres, type TestDatabases } from '../../testUtils';
import { storeFinding } from '../tests/storeFinding';
import {
  expireAll,
  expireTriage,
  hasExpired,
  listExpired,
} from './expireTriage';
import { refreshCounts } from './refreshCounts';

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

  it('finds expired acceptances of an entity', async () => {
    await store(1, 'accepted', future);
    await store(2, 'false-positive', past);
    await store(3, 'accepted', past);
    expect(await hasExpired(knex, 1)).toBe(false);
    expect(await hasExpired(knex, 2)).toBe(false);
    expect(await hasExpired(knex, 3)).toBe(true);
  });

  it('lists each entity with an expired acceptance once, from the summaries', async () => {
    await store(1, 'accepted', future);
    await store(2, 'false-positive', past);
    await store(3, 'accepted', past);
    await store(3, 'accepted', future);
    await store(4, 'accepted', past);
    for (const entityId of [1, 2, 3, 4]) {
      await knex.transaction(tx =>
        refreshCounts(tx, entityId, new Date(), false),
      );
    }
    expect(await listExpired(knex)).toEqual([3, 4]);
    await expireTriage(knex, 3);
    expect(await listExpired(knex)).toEqual([4]);
  });

  describe('on several servers', () => {
    const logger = mockServices.logger.mock();
    const down = knexFactory({
      client: 'pg',
      connection: 'postgres://nobody@127.0.0.1:1/none',
    });
    afterAll(() => down.destroy());

    it('opens findings of the others while one is down', async () => {
      const entities: number[] = [];
      for (const name of ['a', 'b', 'c']) {
        entities.push(await ensureEntity(knex, `component:default/${name}`));
      }
      for (const entityId of entities) await store(entityId, 'accepted', past);
      const [, failing] = entities;
      const refresh = jest.fn();
      await expireAll({
        knex,
        logger,
        servers: {
          servers: [1, 2],
          serverOf: entityId => (entityId === failing ? 2 : 1),
          poolOf: server => (server === 2 ? down : knex),
          refresh,
          close: async () => undefined,
        },
      });
      const rows = await knex('findings').orderBy('entity_id');
      expect(rows.map(row => row.state)).toEqual(['open', 'accepted', 'open']);
      expect(refresh).toHaveBeenCalledTimes(1);
      expect(logger.warn).toHaveBeenCalledWith(
        expect.stringContaining('on database server 2'),
        expect.anything(),
      );
    });
  });
});
