import type { Entity } from '@backstage/catalog-model';
import request from 'supertest';
import { DatabaseRequestStore } from '../requests/DatabaseRequestStore';
import {
  startTestPostgres,
  type TestDatabase,
  type TestDatabases,
} from '../testUtils';
import {
  asUser,
  startCloudtraceBackend,
  testEntity,
} from '../testUtils/backend';
import { seedRequests } from '../testUtils/seedRequests';
import { FleetFreshness } from '../fleet/FleetFreshness';
import { DefaultFleetPageService } from './DefaultFleetPageService';
import type { FindVisible, FleetPageQuery } from './FleetPageService';
import { ServiceJudge } from './ServiceJudge';

jest.setTimeout(120_000);

const MINUTE_MS = 60_000;
const refOf = (name: string) => `component:default/${name}`;
const namesOf = (page: { items: Array<{ name: string }> }) =>
  page.items.map(({ name }) => name);

/** All parts of every entity; the owner is the group with the same first letter. */
const findVisible: FindVisible = async entityRefs =>
  entityRefs.map(ref => ({
    entity: entityOf(ref.replace(/^.*\//, '')),
    parts: new Set(['requests', 'fleet', 'security'] as const),
    hidden: [],
  }));

function entityOf(name: string): Entity {
  return testEntity(name, {
    relations: [
      { type: 'ownedBy', targetRef: `group:default/${name.charAt(0)}` },
    ],
  });
}

interface ListOptions {
  maxServices: number;
  visible: FindVisible;
}

describe('the fleet page', () => {
  let databases: TestDatabases;
  let database: TestDatabase;

  beforeAll(async () => {
    databases = await startTestPostgres();
  });
  beforeEach(async () => {
    database = await databases.createTestDatabase();
  });
  afterEach(() => database.destroy());
  afterAll(() => databases.stop());

  /** 100 recent requests, some of which failed. */
  const seed = (name: string, errors: number) =>
    seedRequests(
      database.knex,
      { entityRef: refOf(name), environment: 'production' },
      Array.from({ length: 100 }, (_, i) => ({
        startedAt: new Date(Date.now() - 2 * MINUTE_MS),
        instance: 'i-1',
        status: i < errors ? 500 : 200,
      })),
    );

  const list = (
    query: Partial<FleetPageQuery> = {},
    { maxServices, visible = findVisible }: Partial<ListOptions> = {},
  ) =>
    new DefaultFleetPageService({
      knex: database.knex,
      store: new DatabaseRequestStore({ knex: database.knex }),
      judge: new ServiceJudge({
        knex: database.knex,
        freshness: new FleetFreshness({ providers: [], gapMs: 5 * MINUTE_MS }),
      }),
      liveChannel: 'test',
      maxServices,
    }).list(
      {
        from: new Date(Date.now() - 60 * MINUTE_MS),
        to: new Date(),
        limit: 2,
        ...query,
      },
      { findVisible: visible },
    );

  it('continues from the same position when the ranking has changed', async () => {
    for (const [name, errors] of Object.entries({
      a: 40,
      b: 30,
      c: 20,
      d: 10,
    })) {
      await seed(name, errors);
    }
    const first = await list();
    expect(namesOf(first)).toEqual(['a', 'b']);

    // The last service of the page becomes the worst, and another one vanishes.
    await seed('b', 100);
    await database
      .knex('entities')
      .where({ entity_ref: refOf('a') })
      .delete();
    const second = await list({ cursor: first.nextCursor });

    expect(namesOf(second)).toEqual(['c', 'd']);
    expect(second.nextCursor).toBeUndefined();
  });

  it('lists each service once if scores are equal', async () => {
    for (const name of ['c', 'a', 'e', 'b', 'd']) await seed(name, 0);
    const names: string[] = [];
    let cursor: string | undefined;
    do {
      const page = await list({ cursor });
      names.push(...namesOf(page));
      cursor = page.nextCursor;
    } while (cursor);
    expect(names).toEqual(['a', 'b', 'c', 'd', 'e']);
  });

  it('ranks the most urgent services and reports if there are too many', async () => {
    await seed('a', 0);
    await seed('b', 0);
    await seed('x', 2);
    await seed('z', 50);

    const page = await list({ limit: 50 }, { maxServices: 2 });
    expect(namesOf(page)).toEqual(['z', 'x']);
    expect(page).toMatchObject({ total: 2, truncated: true });

    expect(await list({}, { maxServices: 4 })).toMatchObject({
      total: 4,
      truncated: false,
    });
  });

  it('does not count filtered or hidden services towards the limit', async () => {
    for (const name of ['x', 'y', 'z']) await seed(name, 50);
    await seed('a', 0);
    const limits = { maxServices: 1 };

    const owned = await list({ owner: 'group:default/a' }, limits);
    expect(namesOf(owned)).toEqual(['a']);
    expect(owned.truncated).toBe(false);

    const visible: FindVisible = async refs =>
      (await findVisible(refs)).map((each, i) =>
        refs[i] === refOf('a') ? each : undefined,
      );
    const own = await list({}, { ...limits, visible });
    expect(namesOf(own)).toEqual(['a']);
    expect(own.truncated).toBe(false);
  });

  it('rejects a cursor that it did not issue', async () => {
    const backend = await startCloudtraceBackend({ database });
    const text = (value: unknown) =>
      Buffer.from(JSON.stringify(value)).toString('base64url');
    try {
      for (const cursor of [
        'nonsense',
        refOf('a'),
        text(['', refOf('a')]),
        text(['first', refOf('a')]),
        text([1]),
        text({ score: 1 }),
        text(null),
      ]) {
        const { status, body } = await request(backend.server)
          .get('/api/cloudtrace/v1/fleet')
          .query({ cursor })
          .set(asUser());
        expect([cursor, status]).toEqual([cursor, 400]);
        expect(body.error.message).toContain(`'cursor'`);
      }
    } finally {
      await backend.stop();
    }
  });
});
