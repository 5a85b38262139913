import { mockServices } from '@backstage/backend-test-utils';
import type { Knex } from 'knex';
import { startTestPostgres, type TestDatabases } from '../testUtils';
import { checkIntervalMs, LEASE_MS, LeasedTask } from './LeasedTask';

jest.setTimeout(120_000);

describe('LeasedTask', () => {
  let databases: TestDatabases;
  beforeAll(async () => {
    databases = await startTestPostgres();
  });
  afterAll(() => databases.stop());
  afterEach(() => jest.useRealTimers());

  const { signal } = new AbortController();
  const replica = (knex: Knex, run: (signal: AbortSignal) => Promise<void>) =>
    new LeasedTask({
      knex,
      name: 'work',
      frequencyMs: 60_000,
      logger: mockServices.logger.mock(),
      run,
    });
  const age = (knex: Knex, column: string, ms: number) =>
    knex.raw(
      `UPDATE fleet_leases SET ${column} = ${column} - ? * interval '1 millisecond'`,
      [ms],
    );

  it('runs on one replica at a time, and again after the interval', async () => {
    const { knex } = await databases.createTestDatabase();
    const run = jest.fn(async () => {});
    const other = jest.fn(async () => {});
    const [first, second] = [replica(knex, run), replica(knex, other)];
    await first.check(signal);
    await second.check(signal);
    await first.check(signal);
    expect([run.mock.calls.length, other.mock.calls.length]).toEqual([1, 0]);
    await age(knex, 'run_started_at', 60_000);
    await second.check(signal);
    await first.check(signal);
    expect([run.mock.calls.length, other.mock.calls.length]).toEqual([2, 0]);
  });

  it('takes over from a replica that died during a run, within its lease and one check', async () => {
    const { knex } = await databases.createTestDatabase();
    let started = () => {};
    const running = new Promise<void>(resolve => {
      started = resolve;
    });
    jest.useFakeTimers({
      doNotFake: ['nextTick', 'setImmediate', 'performance'],
    });
    // Stops its timers for good, as in a process that was killed.
    void replica(knex, () => {
      started();
      return new Promise<void>(() => {});
    }).check(signal);
    await running;
    jest.useRealTimers();
    const run = jest.fn(async () => {});
    const successor = replica(knex, run);
    await age(knex, 'expires_at', LEASE_MS - 5_000);
    await successor.check(signal);
    expect(run).not.toHaveBeenCalled();
    await age(knex, 'expires_at', 5_000);
    await successor.check(signal);
    expect(run).toHaveBeenCalledTimes(1);
    expect(LEASE_MS + checkIntervalMs(60_000)).toBeLessThan(30_000);
  });

  it('takes over at once from a replica that shuts down cleanly', async () => {
    const { knex } = await databases.createTestDatabase();
    const first = replica(knex, async () => {});
    await first.check(signal);
    await first.release();
    await age(knex, 'run_started_at', 60_000);
    const run = jest.fn(async () => {});
    await replica(knex, run).check(signal);
    expect(run).toHaveBeenCalledTimes(1);
  });

  it('does not lead again after its release', async () => {
    const { knex } = await databases.createTestDatabase();
    const run = jest.fn(async () => {});
    const first = replica(knex, run);
    await first.release();
    await first.check(signal);
    expect(run).not.toHaveBeenCalled();
  });

  it('gives up its lease if its run hangs after the time limit', async () => {
    const { knex } = await databases.createTestDatabase();
    const expiry = async () =>
      (await knex('fleet_leases').first()).expires_at.getTime();
    let started = () => {};
    const running = new Promise<void>(resolve => {
      started = resolve;
    });
    jest.useFakeTimers({ doNotFake: ['nextTick', 'setImmediate'] });
    void replica(knex, () => {
      started();
      return new Promise<void>(() => {});
    }).check(AbortSignal.abort());
    await running;
    const before = await expiry();
    await jest.advanceTimersByTimeAsync(LEASE_MS);
    expect(await expiry()).toBe(before);
  });

  it('shuts down cleanly if the database is already gone', async () => {
    const { knex } = await databases.createTestDatabase();
    const task = replica(knex, async () => {});
    await task.check(signal);
    await knex.destroy();
    await expect(task.release()).resolves.toBeUndefined();
  });

  it('aborts the run of a replica that was replaced while it was suspended', async () => {
    const { knex } = await databases.createTestDatabase();
    const reason = new Promise<Error>(resolve => {
      void replica(
        knex,
        own =>
          new Promise<void>((_, reject) => {
            own.addEventListener('abort', () => {
              resolve(own.reason);
              reject(own.reason);
            });
            void age(knex, 'expires_at', LEASE_MS).then(() =>
              replica(knex, async () => {}).check(signal),
            );
          }),
      )
        .check(signal)
        .catch(() => {});
    });
    expect(await reason).toMatchObject({
      message: 'Another replica has taken over',
    });
  });
});
