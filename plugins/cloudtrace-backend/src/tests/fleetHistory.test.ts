import request from 'supertest';
import { HOUR_MS } from '@cloudtrace/plugin-cloudtrace-common';
import {
  asUser,
  startCloudtraceBackend,
  testEntity,
} from '../testUtils/backend';
import { startTestPostgres, type TestDatabases } from '../testUtils';

jest.setTimeout(240_000);

const ENTITY_REF = 'component:default/shop';
const BASE = '/api/cloudtrace/v1/entities/component/default/shop';
/** More than any response contains; `yarn bench fleet` measures a whole year. */
const DAYS = 100;

/**
 * A long history of a group that scales 50 times a day: every activity starts
 * or ends an instance that exists for about three hours, with its target. One
 * in 500 fails.
 */
const SEED = `
  INSERT INTO fleet_resources (provider, external_id, type, name, observed_at, last_success_at, snapshot) VALUES
    ('fake', 'asg', 'auto-scaling-group', 'shop', now(), now(),
     '{"group":{"name":"shop","capacity":{"min":2,"desired":6,"max":20,"inService":6},"policies":[{"name":"cpu","kind":"target-tracking","enabled":true,"metricSeriesId":"cpu"}],"scheduledActions":[],"suspendedProcesses":[]},"metricSeries":{"cpu":{"seriesId":"cpu","label":"CPU","unit":"%","statistic":"average","periodMs":60000}}}'),
    ('fake', 'tg', 'target-group', 'shop targets', now(), now(), '{"hasTargets":true}');
  INSERT INTO fleet_links (entity_ref, environment, resource_id, locator, detail)
    SELECT '${ENTITY_REF}', 'production', resource_id, 'annotation', 'x' FROM fleet_resources;
  INSERT INTO fleet_activities (resource_id, activity_key, started_at, ended_at, kind, status, cause_kind, body)
    SELECT r.resource_id, 'act-' || n, t, t + interval '40 s', kind, 'successful', 'policy',
           jsonb_build_object('activityId', 'act-' || n, 'kind', kind, 'status', 'successful', 'startedAt', to_json(t), 'causeKind', 'policy', 'alarmName', 'cpu-high')
      FROM fleet_resources r, generate_series(0, ${DAYS} * 50 - 1) n,
           LATERAL (SELECT now() - n * interval '1728 s' AS t, CASE WHEN n % 2 = 0 THEN 'launch' ELSE 'terminate' END AS kind) x
     WHERE r.external_id = 'asg';
  INSERT INTO fleet_capacity (resource_id, at, min, desired, max, in_service)
    SELECT r.resource_id, now() - n * interval '1728 s', 2, CASE WHEN n = 3000 THEN 19 ELSE 5 + n % 2 END, 20, 5 + n % 2
      FROM fleet_resources r, generate_series(0, ${DAYS} * 50 - 1) n WHERE r.external_id = 'asg';
  INSERT INTO fleet_target_states (resource_id, target_key, at, until, state, from_state, zone)
    SELECT r.resource_id, 'i-' || n || ':80', s.at,
           CASE WHEN s.until < now() THEN s.until END, s.state, s.from_state, 'z' || n % 3
      FROM fleet_resources r, generate_series(0, ${DAYS} * 25 - 1) n,
           LATERAL (SELECT now() - n * interval '3456 s' AS t) x,
           LATERAL (VALUES
             (t, t + interval '1 min', 'initial', NULL),
             (t + interval '1 min', t + interval '3 h', CASE WHEN n % 500 = 499 THEN 'unhealthy' ELSE 'healthy' END, 'initial'),
             (t + interval '3 h', t + interval '185 min', 'draining', 'healthy'),
             (t + interval '185 min', NULL, 'gone', 'draining')
           ) s (at, until, state, from_state)
     WHERE r.external_id = 'tg' AND s.at < now();
  ANALYZE;
`;

describe('a long history', () => {
  let databases: TestDatabases;
  let backend: Awaited<ReturnType<typeof startCloudtraceBackend>>;
  let statements: string[] = [];

  beforeAll(async () => {
    databases = await startTestPostgres();
    const database = await databases.createTestDatabase();
    await database.knex.raw(SEED);
    database.knex.on('query', ({ sql }: { sql: string }) =>
      statements.push(sql),
    );
    backend = await startCloudtraceBackend({
      database,
      entities: [testEntity('shop')],
    });
  });
  afterAll(async () => {
    await backend.stop();
    await databases.stop();
  });

  async function read(path: string, rangeDays: number) {
    statements = [];
    const { status, body, text } = await request(backend.server)
      .get(`${BASE}${path}`)
      .set(asUser())
      .query({
        from: new Date(Date.now() - rangeDays * 24 * HOUR_MS).toISOString(),
        environment: 'production',
      });
    expect(status).toBe(200);
    return { body, bytes: text.length, statements: statements.length };
  }

  it('returns the most important targets, and figures of all', async () => {
    const { body } = await read('/health', DAYS);
    const [group] = body.groups;
    // The newest one begins now.
    expect(group.targetsTotal).toBe(DAYS * 25 - 1);
    const present = group.targets.filter((target: any) => target.present);
    expect(present).toHaveLength(group.total);
    const departed = group.targets.slice(group.total);
    expect(departed).toHaveLength(200);
    const failed = departed.filter((target: any) =>
      target.intervals.some(({ state }: any) => state === 'unhealthy'),
    );
    expect(failed).toHaveLength(Math.floor((DAYS * 25) / 500));
    // One in 500 was unhealthy all the time.
    expect(group.availability).toBeCloseTo(1 - 1 / 500, 2);
    expect(body.transitions).toHaveLength(500);
    expect(body.transitionsTotal).toBeGreaterThan(DAYS * 25 * 3);
  });

  it('lists all targets of a day', async () => {
    const { body } = await read('/health', 1);
    const [group] = body.groups;
    expect(group.targetsTotal).toBeUndefined();
    expect(group.targets.length).toBeGreaterThan(25);
  });

  it('keeps the peaks of series that are too long to return', async () => {
    const [{ capacitySeries, activities }] = (await read('/scaling', DAYS)).body
      .groups;
    expect(capacitySeries.length).toBeLessThanOrEqual(2_001);
    const desired = capacitySeries.map((point: any) => point.desired);
    expect(Math.max(...desired)).toBe(19);
    expect(activities).toMatchObject({
      total: DAYS * 50,
      last: { activityId: 'act-0' },
    });
  });

  it.each([
    ['/health', 6],
    ['/scaling', 6],
    ['/scaling/activities', 4],
    ['/failovers', 3],
    ['/metrics', 3],
    ['/timeline', 8],
    ['/overview', 24],
  ])(
    'responds to %s with at most %i statements and less than 800 kB, however long the range is',
    async (path, most) => {
      const day = await read(path, 1);
      const all = await read(path, DAYS);
      expect(all.statements).toBeLessThanOrEqual(most);
      expect(all.statements).toBe(day.statements);
      expect(all.bytes).toBeLessThan(800_000);
    },
  );
});
