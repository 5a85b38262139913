import { mockServices } from '@backstage/backend-test-utils';
import { MINUTE_MS } from '@cloudtrace/plugin-cloudtrace-common';
import knexFactory, { type Knex } from 'knex';
import { findEntityId } from '../../database/entities/findEntityId';
import {
  startTestPostgres,
  type TestDatabase,
  type TestDatabases,
} from '../../testUtils';
import { seedRequests } from '../../testUtils/seedRequests';
import { RollupCompactor } from '../RollupCompactor';
import { countAllNow } from './RecentRequestCounter';
import { ServerRequestCounter } from './ServerRequestCounter';

jest.setTimeout(120_000);

const refOf = (name: string) => `component:default/${name}`;
const REFS = ['shop', 'cart', 'mail', 'old'].map(refOf);

describe('recent requests on several servers', () => {
  let databases: TestDatabases;
  let database: TestDatabase;
  let nowMs: number;
  /** Connections to a port where nothing listens. */
  const down = knexFactory({
    client: 'pg',
    connection: 'postgres://nobody@127.0.0.1:1/none',
  });
  beforeAll(async () => {
    databases = await startTestPostgres();
  });
  beforeEach(async () => {
    database = await databases.createTestDatabase();
    nowMs = Date.now();
    await seed('shop', { minutesAgo: 2, status: 500 });
    await seed('shop', { minutesAgo: 2, environment: 'staging' });
    await seed('cart', { minutesAgo: 1 });
    await seed('old', { minutesAgo: 30 });
    // Minutes and deltas count.
    await new RollupCompactor({
      knex: database.knex,
      logger: mockServices.logger.mock(),
    }).run();
    await seed('shop', { minutesAgo: 1 });
    await seed('mail', { minutesAgo: 1 });
  });
  afterEach(() => database.destroy());
  afterAll(async () => {
    await down.destroy();
    await databases.stop();
  });

  const seed = (
    name: string,
    {
      minutesAgo,
      status = 200,
      environment = 'production',
    }: { minutesAgo: number; status?: number; environment?: string },
  ) =>
    seedRequests(database.knex, { entityRef: refOf(name), environment }, [
      {
        startedAt: new Date(nowMs - minutesAgo * MINUTE_MS),
        instance: 'i-1',
        status,
      },
    ]);

  /** `mail` is on server 2, everything else on server 1. */
  async function startCounter(pools: Record<number, Knex>) {
    const mail = await findEntityId(database.knex, refOf('mail'));
    const logger = mockServices.logger.mock();
    const counter = new ServerRequestCounter({
      knex: database.knex,
      logger,
      servers: {
        servers: [1, 2],
        serverOf: entityId => (entityId === mail ? 2 : 1),
        poolOf: server => pools[server],
        refresh: jest.fn(),
        close: async () => undefined,
      },
      now: () => nowMs,
    });
    return { counter, logger };
  }

  it('are the same as those of one server', async () => {
    const { knex } = database;
    const { counter } = await startCounter({ 1: knex, 2: knex });
    const { rows, unknown, asOf } = await counter.count(REFS);
    const all = await countAllNow(knex).count(REFS);
    expect(all.rows).toHaveLength(4);
    expect(rows).toHaveLength(4);
    expect(rows).toEqual(expect.arrayContaining(all.rows));
    expect(rows).toContainEqual({
      entityRef: refOf('shop'),
      environment: 'production',
      requests: 2,
      errors: 1,
    });
    expect([...unknown]).toEqual([]);
    expect(asOf.getTime()).toBe(nowMs);
  });

  it('are counted again after a quarter of a minute, and say when they were counted', async () => {
    const { knex } = database;
    const { counter } = await startCounter({ 1: knex, 2: knex });
    const countedMs = nowMs;
    await counter.count(REFS);
    await seed('cart', { minutesAgo: 1 });
    const cart = async () => {
      const { rows, asOf } = await counter.count([refOf('cart')]);
      return [rows[0].requests, asOf.getTime()];
    };
    nowMs += 10_000;
    expect(await cart()).toEqual([1, countedMs]);
    nowMs += 10_000;
    // Does not wait for the new count.
    expect(await cart()).toEqual([1, countedMs]);
    nowMs += MINUTE_MS;
    expect(await cart()).toEqual([2, nowMs]);
  });

  it('of a server that does not respond are unknown, not none', async () => {
    const pools = { 1: database.knex, 2: down };
    const { counter, logger } = await startCounter(pools);
    const failed = await counter.count(REFS);
    expect([...failed.unknown]).toEqual([refOf('mail')]);
    expect(failed.rows).toHaveLength(3);
    expect(logger.warn).toHaveBeenCalledWith(
      expect.stringContaining('on database server 2'),
      expect.anything(),
    );
    pools[2] = database.knex;
    const back = await counter.count(REFS);
    expect([...back.unknown]).toEqual([]);
    expect(back.rows).toHaveLength(4);
  });

  it('are unknown a minute after their server stopped responding', async () => {
    const pools = { 1: database.knex, 2: database.knex };
    const { counter } = await startCounter(pools);
    await counter.count(REFS);
    pools[2] = down;
    nowMs += 30_000;
    expect([...(await counter.count(REFS)).unknown]).toEqual([]);
    nowMs += MINUTE_MS;
    const { unknown, rows } = await counter.count(REFS);
    expect([...unknown]).toEqual([refOf('mail')]);
    expect(rows.map(({ entityRef }) => entityRef)).not.toContain(refOf('mail'));
  });
});
