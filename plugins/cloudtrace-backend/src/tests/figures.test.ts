import request from 'supertest';
import { MINUTE_MS } from '@cloudtrace/plugin-cloudtrace-common';
import { startTestPostgres, type TestDatabases } from '../testUtils';
import { asUser } from '../testUtils/backend';
import {
  BASE,
  ENTITY_REF,
  group,
  startFleetBackend,
  target,
  targetGroup,
} from '../testUtils/fleet';
import { seedRequests, type SeedRequest } from '../testUtils/seedRequests';

jest.setTimeout(120_000);

/** One definition per figure: every response that contains it has the same value. */
describe('figures', () => {
  let databases: TestDatabases;
  let fleet: Awaited<ReturnType<typeof startFleetBackend>>;
  const range = () => ({
    from: new Date(Date.now() - 60 * MINUTE_MS).toISOString(),
    to: new Date().toISOString(),
  });

  beforeAll(async () => {
    databases = await startTestPostgres();
    fleet = await startFleetBackend(databases);
    // It began half an hour ago, so its rate must not be based on the hour.
    const requests: SeedRequest[] = [];
    for (let minute = 30; minute > 1; minute -= 1) {
      for (let i = 0; i < 12; i += 1) {
        requests.push({
          startedAt: fleet.ago(minute),
          // Two instances that served are gone now.
          instance: i < 9 || minute < 20 ? 'abc'[i % 3] : `gone-${i % 2}`,
          zone: i % 3 === 2 ? 'z2' : 'z1',
          durationMs: 10 + ((i * 37 + minute * 13) % 90),
          status: i === 5 && minute % 3 === 0 ? 503 : 200,
        });
      }
    }
    await seedRequests(
      fleet.knex,
      { entityRef: ENTITY_REF, environment: 'production' },
      requests,
    );
    const began = { first_seen_at: fleet.ago(30) };
    await fleet.knex('instances').update(began);
    await fleet.knex('routes').update(began);
    await fleet.knex('request_environments').update(began);
  });
  afterAll(async () => {
    await fleet?.backend.stop();
    await databases?.stop();
  });

  async function get(path: string, query: object) {
    const { status, body } = await request(fleet.backend.server)
      .get(path)
      .set(asUser())
      .query(query);
    expect(status).toBe(200);
    return body;
  }
  const overviewOf = (query: object) => get(`${BASE}/overview`, query);
  async function onFleetPage(query: object) {
    const { items } = await get('/api/cloudtrace/v1/fleet', query);
    return items.find((item: any) => item.entityRef === ENTITY_REF);
  }
  const figureOf = (overview: any, id: string) =>
    overview.figures.find((each: any) => each.id === id);

  it('are the same on the fleet page, in the tab and on the card', async () => {
    const query = range();
    const [page, overview, ...loads] = await Promise.all([
      onFleetPage(query),
      overviewOf(query),
      ...['instance', 'zone', 'route'].map(groupBy =>
        fleet.get('/load-distribution', { ...query, groupBy }),
      ),
    ]);
    const { totals } = loads[0];
    // 29 minutes of 12 requests, over the half hour since the first one.
    expect(totals.requestsPerSecond).toBeGreaterThan(0.15);
    const seconds = totals.requests / totals.requestsPerSecond;
    expect(seconds).toBeGreaterThan(29 * 60);
    expect(seconds).toBeLessThan(32 * 60);
    for (const load of loads) {
      expect(load.totals.requestsPerSecond).toBeCloseTo(
        totals.requestsPerSecond,
        3,
      );
      expect(load.totals.errorRate).toBe(totals.errorRate);
      expect(load.totals.latencyMs.p95).toBe(totals.latencyMs.p95);
      const shares = load.groups.map((each: any) => each.share);
      expect(shares.reduce((a: number, b: number) => a + b)).toBeCloseTo(1);
    }
    expect(page.requestsPerSecond).toBeCloseTo(totals.requestsPerSecond, 3);
    expect(figureOf(overview, 'requestsPerSecond').value).toBeCloseTo(
      totals.requestsPerSecond,
      3,
    );
    expect([page.errorRate, page.p95Ms]).toEqual([
      totals.errorRate,
      totals.latencyMs.p95,
    ]);
    expect([
      figureOf(overview, 'errorRate').value,
      figureOf(overview, 'p95Ms').value,
    ]).toEqual([totals.errorRate, totals.latencyMs.p95]);
  });

  it('count the current instances, not all that ever served', async () => {
    const [page, overview, health, scaling] = await Promise.all([
      onFleetPage(range()),
      overviewOf(range()),
      fleet.get('/health', range()),
      fleet.get('/scaling', range()),
    ]);
    const healthy = figureOf(overview, 'healthy');
    expect([healthy.value, healthy.of]).toEqual([3, 3]);
    expect(overview.instances).toEqual({ total: 3, zones: 2 });
    expect([page.healthy, page.wanted]).toEqual([3, 3]);
    expect(health.groups[0]).toMatchObject({
      healthy: 3,
      wanted: 3,
      status: 'healthy',
    });
    expect(scaling.groups[0].capacity.desired).toBe(3);
  });

  it('judge the service consistently, in the same words', async () => {
    const [page, overview] = await Promise.all([
      onFleetPage(range()),
      overviewOf(range()),
    ]);
    expect(overview.status).toEqual({
      severity: page.severity,
      reasons: page.reasons,
    });
    expect(page.reasons.map(({ text }: any) => text)).toContain(
      'shop is at its maximum size of 3 and cannot grow',
    );
  });

  it('agree that a zone is down after its last target failed and left', async () => {
    const z1 = [target('a', 'z1', 'healthy'), target('b', 'z1', 'healthy')];
    const report = async (...targets: ReturnType<typeof target>[]) => {
      fleet.provider.reports.set(targetGroup.id, { targets });
      await fleet.refresh(targetGroup, group);
    };
    await report(...z1, target('c', 'z2', 'unhealthy'));
    await report(...z1, target('c', 'z2', 'draining'));
    await report(...z1);
    // The zone was lost ten minutes ago.
    await fleet.knex.raw(
      `UPDATE fleet_target_states SET at = at - interval '10 minutes', until = until - interval '10 minutes'
        WHERE target_key = 'c:80' AND state <> 'healthy'`,
    );
    await fleet.knex.raw(
      `UPDATE fleet_target_states SET until = until - interval '10 minutes'
        WHERE target_key = 'c:80' AND state = 'healthy'`,
    );
    const [page, overview, health] = await Promise.all([
      onFleetPage(range()),
      overviewOf(range()),
      fleet.get('/health', range()),
    ]);
    const sentence =
      'Zone z2 is down: its last target failed and was not replaced';
    for (const reasons of [page.reasons, overview.status.reasons]) {
      expect(reasons.map(({ text }: any) => text)).toContain(sentence);
    }
    expect(overview.insights.map(({ text }: any) => text)).toContain(sentence);
    const [shop] = health.groups;
    expect([shop.healthy, shop.wanted, shop.status]).toEqual([
      2,
      3,
      'degraded',
    ]);
    expect(shop.remarks.map(({ text }: any) => text)).toContain(sentence);
    const z2 = shop.zones.find(({ zone }: any) => zone === 'z2');
    expect(z2).toMatchObject({ targets: 0, healthy: 0, status: 'down' });
    // Ten minutes out of forty are missing while it is down.
    expect(z2.availability).toBeLessThan(0.8);
    expect(z2.availability).toBeGreaterThan(0.65);
    // A range that begins after the loss has the same result.
    const late = await fleet.get('/health', {
      from: new Date(Date.now() - 5 * MINUTE_MS).toISOString(),
    });
    expect(
      late.groups[0].zones.find(({ zone }: any) => zone === 'z2'),
    ).toMatchObject({ status: 'down', availability: 0 });
  });
});
