import request from 'supertest';
import { DAY_MS, HOUR_MS } from '@cloudtrace/plugin-cloudtrace-common';
import { DatabaseRequestStore } from '../requests/DatabaseRequestStore';
import type { RequestFilter } from '../requests/types';
import {
  startTestPostgres,
  testPostgresVersions,
  type TestDatabase,
  type TestDatabases,
} from '../testUtils';
import {
  asUser,
  startCloudtraceBackend,
  testEntity,
} from '../testUtils/backend';
import {
  explainStatements,
  nodesOf,
  tablesOf,
  type PlanNode,
} from '../testUtils/explain';
import { fillRequests } from '../testUtils/fillRequests';
import { findTrace } from '../requests/database/findTrace';

jest.setTimeout(300_000);

/** Start of today (UTC); the two days before are full of requests. */
const TODAY = Math.floor(Date.now() / DAY_MS) * DAY_MS;
const DAYS = [new Date(TODAY - 2 * DAY_MS), new Date(TODAY - DAY_MS)];
const ROWS_PER_DAY = 200_000;

const stamp = (day: Date) => day.toISOString().slice(0, 10).replaceAll('-', '');
const [OLDER, NEWER] = DAYS.map(day => `requests_${stamp(day)}`);

/*
 * Checks the query plans in docs/performance.md for the actual statements.
 * Nothing is timed: a worse plan fails here before anybody notices slow pages.
 */
describe.each(testPostgresVersions())('query plans, PostgreSQL %s', version => {
  let databases: TestDatabases;
  let database: TestDatabase;
  let store: DatabaseRequestStore;
  let entityRef: string;
  let entityId: number;
  let indexes: Map<string, string>;

  beforeAll(async () => {
    databases = await startTestPostgres({ version });
    database = await databases.createTestDatabase();
    const { knex } = database;
    const refs = await fillRequests(knex, {
      days: DAYS,
      rowsPerDay: ROWS_PER_DAY,
    });
    entityRef = refs[1];
    const { rows } = await knex.raw(
      'SELECT entity_id FROM entities WHERE entity_ref = ?',
      [entityRef],
    );
    entityId = rows[0].entity_id;
    const found = await knex.raw<{
      rows: { name: string; definition: string }[];
    }>(
      `SELECT indexname AS name, indexdef AS definition FROM pg_indexes WHERE tablename LIKE 'requests_%'`,
    );
    indexes = new Map(found.rows.map(row => [row.name, row.definition]));
    store = new DatabaseRequestStore({ knex });
  });
  afterAll(() => databases.stop());

  const filter = (more: Partial<RequestFilter> = {}): RequestFilter => ({
    entityRef,
    environment: 'production',
    from: DAYS[0],
    to: new Date(TODAY),
    ...more,
  });
  /** Returns the plans of a call's statements that read single requests. */
  const plansOf = async (run: () => Promise<unknown>) =>
    (await explainStatements(database.knex, run))
      .map(({ plan }) => plan)
      .filter(plan => tablesOf(plan).some(isRequests));
  const list = (more: Partial<RequestFilter>) => () =>
    store.listRequests(filter(more), undefined, 50);
  /** Returns the nodes that read single requests. */
  const scansOf = (plan: PlanNode) =>
    nodesOf(plan).filter(
      node =>
        isRequests(node['Relation Name']) || isRequests(node['Index Name']),
    );
  const definitionsOf = (plan: PlanNode) =>
    scansOf(plan).flatMap(node => indexes.get(node['Index Name'] ?? '') ?? []);
  /** Returns the nodes below the one that limits the page. */
  const belowLimit = (plan: PlanNode): PlanNode => {
    const limits = nodesOf(plan).filter(
      node => node['Node Type'] === 'Limit' && scansOf(node).length > 0,
    );
    expect(limits).toHaveLength(1);
    return limits[0].Plans![0];
  };

  it.each<[string, Partial<RequestFilter>]>([
    ['with a status from 500 on', { statuses: [{ min: 500, max: 599 }] }],
    ['with one status', { statuses: [{ min: 503, max: 503 }] }],
    ['that are errors', { errorsOnly: true }],
    [
      'of some instances',
      {
        statuses: [{ min: 500, max: 599 }],
        instances: ['i-1', 'i-2'],
        zones: ['zone-0', 'zone-1'],
      },
    ],
  ])(
    'finds the newest requests %s with the index of errors, in its order, without a join',
    async (_, more) => {
      const [plan, ...others] = await plansOf(list(more));
      expect(others).toEqual([]);
      const definitions = definitionsOf(plan);
      expect(scansOf(plan)).toHaveLength(DAYS.length);
      expect(definitions).toHaveLength(DAYS.length);
      for (const definition of definitions) {
        expect(definition).toMatch(/btree .*WHERE \(\(\(?flags/);
      }
      const types = nodesOf(belowLimit(plan)).map(node => node['Node Type']);
      expect(types).not.toContain('Sort');
      expect(types.filter(type => /Join|Nested Loop/.test(type))).toEqual([]);
    },
  );

  it('finds a trace with the filters of its block ranges', async () => {
    const { rows } = await database.knex.raw(
      `SELECT replace(trace_id::text, '-', '') AS id FROM requests WHERE entity_id = ? OFFSET 5000 LIMIT 1`,
      [entityId],
    );
    const traceId = rows[0].id;
    const plans = [
      ...(await plansOf(list({ traceId }))),
      ...(await plansOf(() =>
        findTrace(database.knex, {
          entityId,
          traceId,
          from: DAYS[0],
          to: new Date(TODAY),
        }),
      )),
    ];
    expect(plans).toHaveLength(2);
    for (const plan of plans) {
      const definitions = definitionsOf(plan);
      expect(definitions).toHaveLength(DAYS.length);
      for (const definition of definitions) {
        expect(definition).toContain('uuid_bloom_ops');
      }
      expect(scansOf(plan).map(node => node['Node Type'])).not.toContain(
        'Seq Scan',
      );
    }
  });

  it('selects instances and routes by a list, and joins nothing before the page is limited', async () => {
    const plans = await plansOf(
      list({
        instances: ['i-1', 'i-2'],
        routes: ['GET /1', 'GET /2'],
        minDurationMs: 1,
      }),
    );
    expect(plans.length).toBeGreaterThan(0);
    for (const plan of plans) {
      const below = nodesOf(belowLimit(plan));
      expect(
        below.filter(node => /Join|Nested Loop/.test(node['Node Type'])),
      ).toEqual([]);
      expect(below.some(node => /hashed SubPlan/.test(node.Filter ?? ''))).toBe(
        true,
      );
    }
  });

  it('reads only the days within the range', async () => {
    const from = new Date(TODAY - 3 * HOUR_MS);
    const to = new Date(TODAY - 2 * HOUR_MS);
    for (const more of [
      { from, to },
      { from, to, errorsOnly: true },
      { from, to, traceId: 'ab'.repeat(16) },
    ]) {
      const plans = await plansOf(list(more));
      expect(plans.length).toBeGreaterThan(0);
      for (const plan of plans) {
        expect(tablesOf(plan).filter(isRequests)).toEqual([NEWER]);
      }
    }
    const both = await plansOf(list({ errorsOnly: true }));
    expect(tablesOf(both[0]).filter(isRequests)).toEqual([OLDER, NEWER]);

    const charts = await explainStatements(database.knex, () =>
      store.readRollups({
        entityRef,
        environment: 'production',
        from,
        to,
        groupBy: 'instance',
        stepMs: 60_000,
      }),
    );
    const tables = charts.flatMap(({ plan }) => tablesOf(plan));
    expect(tables).toContain(`rollups_minute_${stamp(DAYS[1])}`);
    expect(tables).not.toContain(`rollups_minute_${stamp(DAYS[0])}`);
  });

  it('reads charts only from rollups, from a quarter of an hour to 13 months', async () => {
    const name = entityRef.split('/')[1];
    const backend = await startCloudtraceBackend({
      database,
      entities: [testEntity(name)],
    });
    const base = `/api/cloudtrace/v1/entities/component/default/${name}`;
    try {
      const now = Date.now();
      for (const rangeMs of [HOUR_MS / 4, DAY_MS, 2 * DAY_MS, 396 * DAY_MS]) {
        const range = {
          from: new Date(now - rangeMs).toISOString(),
          to: new Date(now).toISOString(),
        };
        for (const path of [
          `${base}/load-distribution`,
          `${base}/overview`,
          `${base}/timeline`,
          `${base}/health`,
          `${base}/environments`,
          '/api/cloudtrace/v1/fleet',
        ]) {
          const statements = await explainStatements(database.knex, () =>
            request(backend.server)
              .get(path)
              .query(
                /health|environments/.test(path)
                  ? {}
                  : { ...range, environment: 'production' },
              )
              .set(asUser())
              .expect(200),
          );
          const tables = statements.flatMap(({ plan }) => tablesOf(plan));
          expect({ path, requests: tables.filter(isRequests) }).toEqual({
            path,
            requests: [],
          });
          if (path.endsWith('load-distribution')) {
            expect(tables.join()).toMatch(/rollups_(minute|hour|day)/);
          }
        }
      }
    } finally {
      await backend.stop();
    }
  });
});

/** Whether a table or index stores single requests. */
function isRequests(name: string | undefined): boolean {
  return !!name && /^requests(_|$)/.test(name);
}
