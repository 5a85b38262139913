import type { Knex } from 'knex';
import {
  startTestPostgres,
  testPostgresVersions,
  type TestDatabases,
} from '../../testUtils';
import { testCitusUrl } from '../../testUtils/TestCitus';
import { resolveInstances, resolveRoutes } from '../../testUtils/resolveNames';

jest.setTimeout(60_000);
/** A coordinator has one database, which is migrated already. */
const describeOnOwnServer = testCitusUrl() ? describe.skip : describe;
const DIRECTORY = `${__dirname}/../../../migrations`;
const MIGRATION = '20261201100000_ids_per_entity.js';
const FIRST_ID = 2 ** 30;

const routeIds = async (knex: Knex, entityId: number, routes: string[]) => {
  const resolved = await resolveRoutes(knex, {
    entityId,
    environment: 'test',
    names: routes.map(route => ['GET', route] as const),
    maxNewPerDay: 100,
  });
  return resolved.map(({ id }) => id);
};

/** Adds a route as versions did that used a sequence. */
const addByOlderVersion = async (knex: Knex, route: string) => {
  const { rows } = await knex.raw(
    `INSERT INTO routes (entity_id, environment, method, route)
     VALUES (1, 'test', 'GET', ?) ON CONFLICT DO NOTHING RETURNING route_id`,
    [route],
  );
  return rows[0].route_id;
};

describe.each(testPostgresVersions())('resolveNames, PostgreSQL %s', v => {
  let databases: TestDatabases;
  beforeAll(async () => {
    databases = await startTestPostgres({ version: v });
  });
  afterAll(() => databases.stop());

  it('gives names the next ids of their entity', async () => {
    const { knex } = await databases.createTestDatabase();
    expect(await routeIds(knex, 1, ['/a', '/b'])).toEqual([
      FIRST_ID,
      FIRST_ID + 1,
    ]);
    expect(await routeIds(knex, 2, ['/b'])).toEqual([FIRST_ID]);
    expect(await routeIds(knex, 1, ['/b', '/c'])).toEqual([
      FIRST_ID + 1,
      FIRST_ID + 2,
    ]);
    const [instance] = await resolveInstances(knex, {
      entityId: 1,
      environment: 'test',
      names: [['i-1', 'a', 'server']],
      maxNewPerDay: 100,
    });
    expect(instance).toEqual({ id: FIRST_ID, overflow: false });
  });

  it('notes the environments of instances once, with the time of the first', async () => {
    const { knex } = await databases.createTestDatabase();
    const add = (entityId: number, environment: string, key: string) =>
      resolveInstances(knex, {
        entityId,
        environment,
        names: [[key, 'a', 'server']],
        maxNewPerDay: 100,
      });
    await add(1, 'test', 'i-1');
    const [first] = await knex('instances');
    await add(1, 'test', 'i-2');
    await add(1, 'production', 'i-1');
    await add(2, 'test', 'i-1');
    const noted = await knex('request_environments').orderBy([
      'entity_id',
      'environment',
    ]);
    expect(noted.map(row => [row.entity_id, row.environment])).toEqual([
      [1, 'production'],
      [1, 'test'],
      [2, 'test'],
    ]);
    expect(noted[1].first_seen_at).toEqual(first.first_seen_at);
  });

  it('takes another id if a replica on another node took the same one', async () => {
    const { knex } = await databases.createTestDatabase();
    // This transaction does not hold the lock, as on another node.
    const other = await knex.transaction();
    await other.raw(
      `INSERT INTO routes (entity_id, route_id, environment, method, route)
       OVERRIDING SYSTEM VALUE VALUES (1, ?, 'test', 'GET', '/theirs')`,
      [FIRST_ID],
    );
    const ours = routeIds(knex, 1, ['/ours']);
    await waitForInsert(knex);
    await other.commit();
    expect(await ours).toEqual([FIRST_ID + 1]);
    expect(await routeIds(knex, 1, ['/theirs'])).toEqual([FIRST_ID]);
  });

  describeOnOwnServer('an upgrade', () => {
    it('keeps ids that exist, and never shares one with an older version beside it', async () => {
      const { knex } = await databases.createEmptyDatabase();
      await migrateBefore(knex);
      const existing = await addByOlderVersion(knex, '/existing');
      await knex.migrate.latest({ directory: DIRECTORY });

      const ids = [
        existing,
        ...(await routeIds(knex, 1, ['/new'])),
        await addByOlderVersion(knex, '/older'),
        ...(await routeIds(knex, 1, ['/newer'])),
        await addByOlderVersion(knex, '/oldest'),
      ];
      expect(new Set(ids).size).toBe(5);
      expect(await routeIds(knex, 1, ['/existing', '/older'])).toEqual([
        existing,
        ids[2],
      ]);

      await knex.migrate.down({ directory: DIRECTORY, name: MIGRATION });
      expect(
        await knex('routes').pluck('route_id').orderBy('route_id'),
      ).toEqual([...ids].sort((a, b) => a - b));
      const afterDown = await addByOlderVersion(knex, '/after');
      expect(ids).not.toContain(afterDown);
      await knex.migrate.latest({ directory: DIRECTORY });
      expect(await routeIds(knex, 1, ['/last'])).toEqual([FIRST_ID + 2]);
    });
  });
});

/** Runs all migrations before the one under test. */
async function migrateBefore(knex: Knex): Promise<void> {
  const [, pending] = await knex.migrate.list({ directory: DIRECTORY });
  const names = pending.map(({ file }: { file: string }) => file);
  for (const name of names.slice(0, names.indexOf(MIGRATION))) {
    await knex.migrate.up({ directory: DIRECTORY, name });
  }
}

/** Waits until another session adds routes; it then waits for a transaction, perhaps on another node. */
async function waitForInsert(knex: Knex): Promise<void> {
  for (;;) {
    const { rows } = await knex.raw(
      `SELECT 1 FROM pg_stat_activity
        WHERE state = 'active' AND query LIKE 'INSERT INTO routes%'
          AND pid <> pg_backend_pid() LIMIT 1`,
    );
    if (rows.length > 0) return;
  }
}
