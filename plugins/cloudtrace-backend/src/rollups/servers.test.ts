import { mockServices } from '@backstage/backend-test-utils';
import knexFactory, { type Knex } from 'knex';
import { MINUTE_MS } from '@cloudtrace/plugin-cloudtrace-common';
import type { EntityServers } from '../database/distribution/ServerPools';
import { queryRows } from '../database/queryRows';
import {
  startTestPostgres,
  type TestDatabase,
  type TestDatabases,
} from '../testUtils';
import { seedRequests } from '../testUtils/seedRequests';
import { RollupCompactor } from './RollupCompactor';

jest.setTimeout(120_000);

const NAMES = ['shop', 'cart', 'mail', 'search'];

describe('compaction on several servers', () => {
  let databases: TestDatabases;
  let database: TestDatabase;
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
    for (const name of NAMES) {
      await seedRequests(
        database.knex,
        { entityRef: `component:default/${name}`, environment: 'test' },
        [
          {
            startedAt: new Date(Date.now() - MINUTE_MS),
            instance: 'i-1',
            status: 200,
          },
        ],
      );
    }
  });
  afterEach(() => database.destroy());
  afterAll(async () => {
    await down.destroy();
    await databases.stop();
  });

  /** Entities with even numbers are on server 2, the others on server 1. */
  function startCompactor(pools: Record<number, Knex>) {
    const servers: EntityServers = {
      servers: [1, 2],
      serverOf: entityId => (entityId % 2 === 0 ? 2 : 1),
      poolOf: server => pools[server],
      refresh: jest.fn(),
      close: async () => undefined,
    };
    const logger = mockServices.logger.mock();
    const { knex } = database;
    return {
      servers,
      logger,
      compactor: new RollupCompactor({ knex, servers, logger }),
    };
  }

  const waiting = async () =>
    (
      await queryRows<{ even: boolean }>(
        database.knex,
        'SELECT DISTINCT entity_id % 2 = 0 AS even FROM rollup_deltas ORDER BY 1',
      )
    ).map(({ even }) => even);

  it('compacts the entities of all servers', async () => {
    const { knex } = database;
    const { compactor, logger } = startCompactor({ 1: knex, 2: knex });
    expect(await waiting()).toEqual([false, true]);
    const { deltas } = await compactor.run();
    expect(deltas).toBe(NAMES.length * 2);
    expect(await waiting()).toEqual([]);
    expect(logger.warn).not.toHaveBeenCalled();
  });

  it('goes on while a server is down, and continues there when it is back', async () => {
    const pools = { 1: database.knex, 2: down };
    const { compactor, servers, logger } = startCompactor(pools);
    await compactor.run();
    expect(await waiting()).toEqual([true]);
    expect(logger.warn).toHaveBeenCalledTimes(1);
    expect(logger.warn).toHaveBeenCalledWith(
      expect.stringContaining('on database server 2'),
      expect.anything(),
    );
    expect(servers.refresh).toHaveBeenCalled();
    // The lag counts from the server that waits longest.
    const lagsFrom = compactor.lastCompletedAt!;
    await compactor.run();
    expect(compactor.lastCompletedAt).toEqual(lagsFrom);

    pools[2] = database.knex;
    await compactor.run();
    expect(await waiting()).toEqual([]);
    expect(compactor.lastCompletedAt!.getTime()).toBeGreaterThan(
      lagsFrom.getTime(),
    );
  });
});
