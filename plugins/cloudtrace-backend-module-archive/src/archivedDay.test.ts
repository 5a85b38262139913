import { seedRequests } from '@cloudtrace/plugin-cloudtrace-backend/src/testUtils/seedRequests';
import {
  createDay,
  daysAgo,
  startArchiveBackend,
  timeOf,
  wholeDay,
  type ArchiveBackend,
} from './testUtils/startArchiveBackend';

jest.setTimeout(120_000);

const DAY = daysAgo(20);
const at = (ms: number) => timeOf(DAY, ms);
const hex = (n: number, digits: number) => n.toString(16).padStart(digits, '0');

/** Every kind of row that ingest stores, and ids on both sides of zero. */
const requests = Array.from({ length: 60 }, (_, i) => ({
  // Five at a time start in the same microsecond.
  startedAt: at(Math.floor(i / 5) * 100_000 + 1),
  instance: ['i-a', 'i-b', '(unknown)'][i % 3],
  zone: ['eu-1a', 'eu-1b', ''][i % 3],
  method: ['GET', 'POST', ''][i % 3],
  route: ['/items/:id', 'say "hi", ü\n; \\N', 'nightly', '/'][i % 4],
  status: [200, 404, 503, 0][i % 4],
  durationMs: [0.001, 12.5, 40_000, 900_000][i % 4],
  kind: i % 7 === 0 ? ('consumer' as const) : ('server' as const),
  spanId: `${'08f7'[i % 4]}${hex(i, 15)}`,
  traceId: hex(i % 10, 32),
}));

const filters: Array<[string, object]> = [
  ['everything', {}],
  ['an instance', { instance: 'i-a' }],
  ['two zones', { zone: ['eu-1a', 'eu-1b'] }],
  ['a route', { route: '/items/:id' }],
  ['a route with its method', { route: 'GET /items/:id' }],
  ['a route with quotes and a line break', { route: 'say "hi", ü\n; \\N' }],
  ['a method', { method: 'POST' }],
  ['a class of statuses', { status: '5xx' }],
  ['two statuses', { status: ['200', '404'] }],
  ['requests without a status', { status: '0' }],
  ['durations', { minDurationMs: 12.5, maxDurationMs: 40_000 }],
  ['a trace', { traceId: hex(3, 32) }],
  ['errors', { errorsOnly: true }],
  ['an hour', { from: at(0).toISOString(), to: at(3_600_000).toISOString() }],
  ['a name that does not exist', { instance: `' OR 1=1 --` }],
];

describe('an archived day', () => {
  let archive: ArchiveBackend;
  /** What the database answered before the export. */
  const before = new Map<string, { pages: any[]; facets: any }>();
  let detailsBefore: any;

  const readPages = async (query: object) => {
    const pages: any[] = [];
    let cursor: string | undefined;
    do {
      const { body, status } = await archive.get('/requests', {
        ...wholeDay(DAY),
        ...query,
        limit: 7,
        ...(cursor && { cursor }),
      });
      expect(body).toEqual(
        expect.objectContaining({ items: expect.anything() }),
      );
      expect(status).toBe(200);
      pages.push(body);
      cursor = body.nextCursor;
    } while (cursor);
    return pages;
  };
  const readFacets = async (query: object) =>
    (await archive.get('/requests/facets', { ...wholeDay(DAY), ...query }))
      .body;
  const readDetails = async () =>
    (
      await archive.get(
        `/requests/${requests[31].traceId}/${requests[31].spanId}`,
        {
          at: `${at(6 * 100_000 + 1)
            .toISOString()
            .slice(0, -1)}007Z`,
        },
      )
    ).body;

  beforeAll(async () => {
    archive = await startArchiveBackend();
    await createDay(archive.database, DAY);
    const seed = (name: string, environment: string, rows: typeof requests) =>
      seedRequests(
        archive.database.knex,
        { entityRef: `component:default/${name}`, environment },
        rows,
      );
    await seed('shop', 'production', requests);
    await seed('shop', 'staging', requests.slice(0, 4));
    await seed('cart', 'production', requests.slice(10, 30));
    await archive.database.knex.raw(
      `UPDATE requests SET started_at = started_at + interval '7 microseconds'`,
    );
    for (const [name, query] of filters) {
      before.set(name, {
        pages: await readPages(query),
        facets: await readFacets(query),
      });
    }
    detailsBefore = await readDetails();
    await archive.archive();
  });
  afterAll(() => archive.stop());

  it('is dropped from the database after its export', async () => {
    expect(await archive.dayOf(DAY)).toEqual({
      state: 'dropped',
      error: null,
      requests: 84,
    });
    const { rows } = await archive.database.knex.raw(
      `SELECT to_regclass(?) AS found`,
      [`requests_${DAY.replaceAll('-', '')}`],
    );
    expect(rows).toEqual([{ found: null }]);
  });

  it.each(filters)(
    'is searched as it was in the database: %s',
    async (name, query) => {
      const pages = await readPages(query);
      const expected = before.get(name)!.pages;
      expect(pages.map(({ items }) => items)).toEqual(
        expected.map(({ items }) => items),
      );
      expect(pages.map(({ nextCursor }) => nextCursor)).toEqual(
        expected.map(({ nextCursor }) => nextCursor),
      );
      expect(pages.map(({ archived }) => archived)).toEqual(
        pages.map(() => true),
      );
      expect(pages[0].total).toBe(pages.flatMap(({ items }) => items).length);
    },
  );

  it.each(filters)(
    'has the same facets as it had in the database: %s',
    async (name, query) => {
      const { instances, zones, routes, methods, statusCodes, durations } =
        await readFacets(query);
      const expected = before.get(name)!.facets;
      const sorted = (values: any[]) =>
        [...values].sort((a, b) =>
          JSON.stringify(a) < JSON.stringify(b) ? -1 : 1,
        );
      expect({ zones: sorted(zones), instances: sorted(instances) }).toEqual({
        zones: sorted(expected.zones),
        instances: sorted(expected.instances),
      });
      expect({ routes: sorted(routes), methods: sorted(methods) }).toEqual({
        routes: sorted(expected.routes),
        methods: sorted(expected.methods),
      });
      expect({ statusCodes: sorted(statusCodes), durations }).toEqual({
        statusCodes: sorted(expected.statusCodes),
        durations: expected.durations,
      });
    },
  );

  it('finds a request with its neighbours, its trace and its latency', async () => {
    expect(detailsBefore.neighbours.before).not.toEqual([]);
    expect(detailsBefore.sameTrace).not.toEqual([]);
    expect(await readDetails()).toEqual({ ...detailsBefore, archived: true });
  });

  it('is offered for a range that is longer than it', async () => {
    const { body } = await archive.get('/requests', {
      from: timeOf(DAY, -86_400_000).toISOString(),
      to: timeOf(DAY, 2 * 86_400_000).toISOString(),
    });
    expect(body).toEqual(
      expect.objectContaining({ archivedDays: [DAY], items: [] }),
    );
    expect(body).not.toHaveProperty('total');
    expect(body).not.toHaveProperty('archived');
  });

  it('is not offered for other days', async () => {
    const { body } = await archive.get('/requests', wholeDay(daysAgo(3)));
    expect(body).not.toHaveProperty('archivedDays');
    expect(body).toEqual(expect.objectContaining({ items: [], total: 0 }));
  });

  it('responds with 404 for a request that it does not have', async () => {
    const { body, status } = await archive.get(
      `/requests/${hex(3, 32)}/${hex(99, 16)}`,
      { at: at(0).toISOString() },
    );
    expect(status).toBe(404);
    expect(body.error.message).toContain(`archived on ${DAY}`);
  });

  it.each([
    ['a malformed day', { from: '2026-13-45', to: '2026-13-46' }, 'from'],
    [
      'a day that does not exist',
      { from: '2026-02-31T00:00:00Z', to: '2026-03-01T00:00:00Z' },
      'from',
    ],
    ['a day in the future', wholeDay(daysAgo(-30)), 'in the future'],
    ['an unknown cursor', { ...wholeDay(DAY), cursor: 'x' }, 'cursor'],
  ])('rejects %s', async (_, query, message) => {
    const { body, status } = await archive.get('/requests', query);
    expect({ status, message: body.error?.message }).toEqual({
      status: 400,
      message: expect.stringContaining(message),
    });
  });

  it('says in Diagnostics where it is', async () => {
    const { body } = await archive.get('/diagnostics');
    const source = body.sources.find(
      ({ id }: { id: string }) => id === 'archive',
    );
    expect(source).toEqual(
      expect.objectContaining({
        status: 'ok',
        message: `1 day is in ${archive.folder}: ${DAY}`,
        problems: [],
      }),
    );
    expect(source.figures).toEqual([
      expect.objectContaining({ id: 'archived-requests', value: 84 }),
      expect.objectContaining({ id: 'archived-bytes' }),
    ]);
  });
});
