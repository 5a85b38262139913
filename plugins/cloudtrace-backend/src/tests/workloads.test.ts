import request from 'supertest';
import { asUser } from '../testUtils/backend';
import { BASE, ENTITY_REF, useFleetBackends } from '../testUtils/fleet';

jest.setTimeout(120_000);

/** A workload with pods, all of which are in one state. */
interface Workload {
  name: string;
  /** Null if unknown. */
  desired: number | null;
  pods: number;
  state: string;
}

describe('an entity with several workloads in one environment', () => {
  const start = useFleetBackends();

  async function startWith(workloads: Workload[]) {
    const { backend, knex, get } = await start();
    await knex.raw('DELETE FROM fleet_links WHERE entity_ref = ?', [
      ENTITY_REF,
    ]);
    for (const { name, desired, pods, state } of workloads) {
      const capacity = { desired, inService: 0 };
      await knex.raw(
        `WITH made AS (
           INSERT INTO fleet_resources (provider, external_id, type, name, observed_at, snapshot)
           VALUES ('kubernetes', ?, 'kubernetes-workload', ?, now(), ?::jsonb)
           RETURNING resource_id
         ), linked AS (
           INSERT INTO fleet_links (entity_ref, environment, resource_id, locator, detail)
           SELECT ?, 'production', resource_id, 'annotation', '' FROM made
         ), sized AS (
           INSERT INTO fleet_capacity (resource_id, at, desired, in_service)
           SELECT resource_id, now() - interval '1 hour', ?::int, 0 FROM made
            WHERE ?::int IS NOT NULL
         ), pods AS (
           INSERT INTO fleet_instances (resource_id, instance_key, state, first_seen_at, last_seen_at)
           SELECT resource_id, ? || '-' || n, 'in-service', now(), now()
             FROM made, generate_series(1, ?::int) n
         )
         INSERT INTO fleet_target_states (resource_id, target_key, instance_key, at, state)
         SELECT resource_id, ? || '-' || n, ? || '-' || n, now() - interval '1 hour', ?
           FROM made, generate_series(1, ?::int) n`,
        [
          `deployment/${name}`,
          name,
          JSON.stringify({
            hasTargets: true,
            readAt: { targets: new Date().toISOString() },
            ...(desired !== null && { group: { name, capacity } }),
          }),
          ENTITY_REF,
          desired,
          desired,
          name,
          pods,
          name,
          name,
          state,
          pods,
        ],
      );
    }
    const range = {
      from: new Date(Date.now() - 30 * 60_000).toISOString(),
      to: new Date(Date.now() + 60_000).toISOString(),
    };
    const health = await get('/health', range);
    const as = (path: string) =>
      request(backend.server).get(path).set(asUser()).query(range);
    const { body: overview } = await as(`${BASE}/overview`);
    const { body: page } = await as('/api/cloudtrace/v1/fleet');
    await backend.stop();
    const groupOf = (name: string) =>
      health.groups.find((group: any) => group.resource.name === name);
    return {
      groupOf,
      reasons: overview.status.reasons.map((each: any) => each.text),
      severity: overview.status.severity,
      page: page.items.find((item: any) => item.entityRef === ENTITY_REF),
      figure: overview.figures.find((each: any) => each.id === 'healthy'),
    };
  }

  it('judges a worker without ready pods beside a healthy API', async () => {
    const seen = await startWith([
      { name: 'api', desired: 3, pods: 3, state: 'healthy' },
      { name: 'worker', desired: 3, pods: 3, state: 'unhealthy' },
    ]);
    expect(seen.severity).toBe('critical');
    expect(seen.reasons).toContain('worker: None of the 3 targets is healthy');
    expect(seen.groupOf('worker')).toMatchObject({ status: 'down', wanted: 3 });
    expect(seen.groupOf('api')).toMatchObject({ status: 'healthy', wanted: 3 });
    expect(seen.figure).toMatchObject({ value: 0, of: 3 });
    expect(seen.page).toMatchObject({
      severity: 'critical',
      healthy: 0,
      wanted: 3,
    });
  });

  it('compares the pods of a workload with its own size only', async () => {
    const { groupOf, severity, reasons } = await startWith([
      { name: 'api', desired: 3, pods: 3, state: 'healthy' },
      { name: 'idle', desired: 0, pods: 0, state: 'healthy' },
      { name: 'unread', desired: null, pods: 0, state: 'healthy' },
    ]);
    expect(groupOf('idle')).toMatchObject({ desired: 0, status: 'empty' });
    expect(groupOf('unread').desired).toBeUndefined();
    expect([severity, reasons]).toEqual(['ok', []]);
  });
});
