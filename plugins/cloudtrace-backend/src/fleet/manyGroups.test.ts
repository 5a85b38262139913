import { startTestPostgres, type TestDatabases } from '../testUtils';
import { ENTITY_REF, startFleetBackend } from '../testUtils/fleet';

jest.setTimeout(120_000);

describe('an entity with 120 target groups', () => {
  let databases: TestDatabases;
  beforeAll(async () => {
    databases = await startTestPostgres();
  });
  afterAll(() => databases.stop());

  it('returns the groups that need attention in full, and counts for the others', async () => {
    const { backend, knex, get } = await startFleetBackend(databases);
    await knex.raw(
      `WITH made AS (
         INSERT INTO fleet_resources (provider, external_id, type, name, observed_at)
         SELECT 'fake', 'many/' || n, 'target-group', 'group ' || n, now()
           FROM generate_series(100, 218) n RETURNING resource_id, name
       ), linked AS (
         INSERT INTO fleet_links (entity_ref, environment, resource_id, locator, detail)
         SELECT ?, 'production', resource_id, 'tag', 'tag' FROM made
       )
       INSERT INTO fleet_target_states (resource_id, target_key, at, state)
       SELECT resource_id, 't' || n, now() - n * interval '1 hour',
              CASE WHEN name = 'group 217' THEN 'unhealthy' ELSE 'healthy' END
         FROM made, generate_series(1, 5) n`,
      [ENTITY_REF],
    );
    const health = await get('/health');
    expect(health.groups).toHaveLength(20);
    expect(health.groups[0]).toMatchObject({
      resource: { name: 'group 217' },
      healthy: 0,
      total: 5,
    });
    expect(health.otherGroups).toHaveLength(100);
    for (const { healthy, total } of health.otherGroups) {
      expect(healthy).toBe(total);
      expect(total).toBeGreaterThan(0);
    }
    const names = [...health.groups, ...health.otherGroups].map(
      (group: any) => group.resource.name,
    );
    expect(new Set(names).size).toBe(120);
    expect(JSON.stringify(health).length).toBeLessThan(120_000);
    await backend.stop();
  });
});
