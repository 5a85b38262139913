import request from 'supertest';
import {
  asUser,
  startCloudtraceBackend,
  testEntity,
} from '../testUtils/backend';
import { startTestPostgres, type TestDatabases } from '../testUtils';

jest.setTimeout(240_000);

const entityRef = 'component:default/shop';
const base = '/api/cloudtrace/v1/entities/component/default/shop';
const hourMs = 3_600_000;

/**
 * A year of a group that scales 50 times a day: every activity starts or ends
 * an instance that lives for about three hours, with its target.
 */
const seed = `
  INSERT INTO fleet_resources (provider, external_id, type, name, observed_at, last_success_at, snapshot) VALUES
    ('fake', 'asg', 'auto-scaling-group', 'shop', now(), now(),
     '{"group":{"name":"shop","capacity":{"min":2,"desired":6,"max":20,"inService":6},"policies":[{"name":"cpu","kind":"target-tracking","enabled":true,"metricSeriesId":"cpu"}],"scheduledActions":[],"suspendedProcesses":[]},"metricSeries":{"cpu":{"seriesId":"cpu","label":"CPU","unit":"%","statistic":"average","periodMs":60000}}}'),
    ('fake', 'tg', 'target-group', 'shop targets', now(), now(), '{"hasTargets":true}');
  INSERT INTO fleet_links (entity_ref, environment, resource_id, locator, detail)
    SELECT '${entityRef}', 'production', resource_id, 'annotation', 'x' FROM fleet_resources;
  INSERT INTO fleet_activities (resource_id, activity_key, started_at, ended_at, kind, status, cause_kind, body)
    SELECT r.resource_id, 'act-' || n, t, t + interval '40 s', kind, 'successful', 'policy',
           jsonb_build_object('activityId', 'act-' || n, 'kind', kind, 'status', 'successful', 'startedAt', to_json(t), 'causeKind', 'policy', 'alarmName', 'cpu-high')
      FROM fleet_resources r, generate_series(0, 365 * 50 - 1) n,
           LATERAL (SELECT now() - n * interval '1728 s' AS t, CASE WHEN n % 2 = 0 THEN 'launch' ELSE 'terminate' END AS kind) x
     WHERE r.external_id = 'asg';
  INSERT INTO fleet_capacity (resource_id, at, min, desired, max, in_service)
    SELECT r.resource_id, now() - n * interval '1728 s', 2, 5 + n % 2, 20, 5 + n % 2
      FROM fleet_resources r, generate_series(0, 365 * 50 - 1) n WHERE r.external_id = 'asg';
  INSERT INTO fleet_target_states (resource_id, target_key, at, until, state, from_state, zone)
    SELECT r.resource_id, 'i-' || n || ':80', s.at,
           CASE WHEN s.until < now() THEN s.until END, s.state, s.from_state, 'z' || n % 3
      FROM fleet_resources r, generate_series(0, 365 * 25 - 1) n,
           LATERAL (SELECT now() - n * interval '3456 s' AS t) x,
           LATERAL (VALUES
             (t, t + interval '1 min', 'initial', NULL),
             (t + interval '1 min', t + interval '3 h', 'healthy', 'initial'),
             (t + interval '3 h', t + interval '185 min', 'draining', 'healthy'),
             (t + interval '185 min', NULL, 'gone', 'draining')
           ) s (at, until, state, from_state)
     WHERE r.external_id = 'tg' AND s.at < now();
  INSERT INTO fleet_metrics (resource_id, series_key, at, value)
    SELECT r.resource_id, 'cpu', date_trunc('minute', now()) - n * interval '1 min', 50
      FROM fleet_resources r, generate_series(0, 30 * 1440 - 1) n WHERE r.external_id = 'asg';
  INSERT INTO failovers (entity_ref, environment, failover_id, subject_kind, subject_key, detected_at, recovered_at, body)
    SELECT '${entityRef}', 'production', md5(n::text), 'instance', 'i-' || n, t, t + interval '2 min',
           jsonb_build_object('steps', '[]'::jsonb, 'summary', jsonb_build_object(
             'failoverId', md5(n::text), 'subject', jsonb_build_object('kind', 'instance', 'key', 'i-' || n, 'label', 'i-' || n),
             'cause', jsonb_build_object('summary', 'x'), 'planned', 'no', 'ongoing', false, 'startedAt', to_json(t),
             'detectedAt', to_json(t), 'recoveredAt', to_json(t + interval '2 min'), 'timeToDetectMs', 0, 'timeToRecoverMs', 120000,
             'impact', '{}'::jsonb, 'missingData', '[]'::jsonb))
      FROM generate_series(0, 364) n, LATERAL (SELECT now() - n * interval '1 day' AS t) x;
  ANALYZE;
`;

describe('a year of history', () => {
  let databases: TestDatabases;
  let backend: Awaited<ReturnType<typeof startCloudtraceBackend>>;

  beforeAll(async () => {
    databases = await startTestPostgres();
    const database = await databases.createTestDatabase();
    await database.knex.raw(seed);
    backend = await startCloudtraceBackend({
      database,
      entities: [testEntity('shop')],
    });
  });
  afterAll(async () => {
    await backend.stop();
    await databases.stop();
  });

  it.each([
    ['/health', 24],
    ['/health', 7 * 24],
    ['/scaling', 24],
    ['/scaling', 30 * 24],
    ['/scaling/activities', 365 * 24],
    ['/failovers', 365 * 24],
    ['/timeline', 24],
    ['/metrics', 24],
  ])('answers %s of %i hours quickly', async (path, hours) => {
    const times: number[] = [];
    for (let i = 0; i < 20; i += 1) {
      const begin = performance.now();
      const { status } = await request(backend.server)
        .get(`${base}${path}`)
        .set(asUser())
        .query({ from: new Date(Date.now() - hours * hourMs).toISOString() });
      times.push(performance.now() - begin);
      expect(status).toBe(200);
    }
    const sorted = times.sort((a, b) => a - b);
    const median = sorted[10];
    process.stdout.write(
      `${path} ${hours} h: median ${median.toFixed(
        0,
      )} ms, p95 ${sorted[18].toFixed(0)} ms\n`,
    );
    // The goal is 100 ms p95 on an idle machine; a busy one gets twice that for the median.
    expect(median).toBeLessThan(200);
  });
});
