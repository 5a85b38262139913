import { mockServices } from '@backstage/backend-test-utils';
import knexFactory, { type Knex } from 'knex';
import { LEASE_MS } from '../periodic/LeasedTask';
import { startTestPostgres, type TestDatabases } from '../testUtils';
import { scheduleMaintenance } from './scheduleMaintenance';

jest.setTimeout(120_000);

const COMPACTION = 'cloudtrace-compact-rollups';

describe('scheduleMaintenance', () => {
  let databases: TestDatabases;
  let knex: Knex;
  let connectionString: string;
  beforeAll(async () => {
    databases = await startTestPostgres();
    ({ knex, connectionString } = await databases.createTestDatabase());
  });
  afterAll(() => databases?.stop());

  /** A replica whose scheduler runs a task only when the test asks for it. */
  const startReplica = async (
    compact: () => Promise<void>,
    pool: Knex = knex,
  ) => {
    const tasks = new Map<string, { scope?: string; fn: Function }>();
    const hooks: Array<() => void | Promise<void>> = [];
    await scheduleMaintenance({
      knex: pool,
      scheduler: mockServices.scheduler.mock({
        scheduleTask: async task => void tasks.set(task.id, task),
      }),
      lifecycle: mockServices.lifecycle.mock({
        addShutdownHook: hook => void hooks.push(hook),
      }),
      logger: mockServices.logger.mock(),
      compactor: { run: compact } as never,
      partitions: {} as never,
    });
    const task = tasks.get(COMPACTION)!;
    return {
      scope: task.scope,
      compact: () => task.fn(new AbortController().signal) as Promise<void>,
      shutDown: () => Promise.all(hooks.map(hook => hook())),
    };
  };
  const age = (column: string, ms: number) =>
    knex.raw(
      `UPDATE fleet_leases SET ${column} = ${column} - ? * interval '1 millisecond'
        WHERE name = ?`,
      [ms, COMPACTION],
    );

  it('compacts while pages use all connections of the plugin', async () => {
    const busy = knexFactory({
      client: 'pg',
      connection: connectionString,
      pool: { min: 0, max: 1 },
    });
    const page = await busy.transaction();
    try {
      const compact = jest.fn(async () => {});
      const replica = await startReplica(compact, busy);
      await replica.compact();
      expect(compact).toHaveBeenCalledTimes(1);
      await replica.shutDown();
      // The next run is due, as at first.
      await age('run_started_at', 60_000);
    } finally {
      await page.rollback();
      await busy.destroy();
    }
  });

  it('lets another replica compact once the lease of a dead one has expired', async () => {
    let die = () => {};
    const dying = jest.fn(
      () =>
        new Promise<void>(resolve => {
          die = resolve;
        }),
    );
    const first = await startReplica(dying);
    const compact = jest.fn(async () => {});
    const second = await startReplica(compact);
    // The scheduler itself would keep the task of a dead replica for minutes.
    expect(second.scope).toBe('local');

    const dead = first.compact();
    while (dying.mock.calls.length === 0) await new Promise(setImmediate);
    await second.compact();
    expect(compact).not.toHaveBeenCalled();
    await age('expires_at', LEASE_MS);
    await second.compact();
    expect(compact).toHaveBeenCalledTimes(1);

    await second.shutDown();
    await age('run_started_at', 60_000);
    const after = jest.fn(async () => {});
    const third = await startReplica(after);
    await third.compact();
    expect(after).toHaveBeenCalledTimes(1);
    die();
    await dead;
    await Promise.all([first.shutDown(), third.shutDown()]);
  });
});
