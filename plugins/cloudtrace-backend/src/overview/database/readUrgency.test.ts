import type { Knex } from 'knex';
import { ensureEntity } from '../../database/entities/ensureEntity';
import { queryRows } from '../../database/queryRows';
import { countRecentRequests } from '../../rollups/database/countRecentRequests';
import { startTestPostgres, type TestDatabases } from '../../testUtils';
import { seedRequests } from '../../testUtils/seedRequests';
import { readUrgency } from './readUrgency';

jest.setTimeout(60_000);

const refOf = (name: string) => `component:default/${name}`;
const MINUTE_MS = 60_000;

/** Requests that started some minutes ago; some failed. */
async function addRequests(
  knex: Knex,
  name: string,
  { failed, of = 100, minutesAgo = 2, environment = 'production' }: Requests,
) {
  await seedRequests(
    knex,
    { entityRef: refOf(name), environment },
    Array.from({ length: of }, (_, i) => ({
      startedAt: new Date(Date.now() - minutesAgo * MINUTE_MS),
      instance: 'i-1',
      status: i < failed ? 500 : 200,
    })),
  );
}

interface Requests {
  failed: number;
  of?: number;
  minutesAgo?: number;
  environment?: string;
}

async function addTargets(knex: Knex, name: string, states: string[]) {
  const [{ id }] = await queryRows<{ id: number }>(
    knex,
    `INSERT INTO fleet_resources (provider, external_id, type, name)
     VALUES ('fake', ?, 'target-group', ?) RETURNING resource_id AS id`,
    [name, name],
  );
  await knex.raw(
    `INSERT INTO fleet_links (entity_ref, environment, resource_id, locator, detail)
     VALUES (?, 'production', ?, 'annotation', '')`,
    [refOf(name), id],
  );
  for (const [i, state] of states.entries()) {
    await knex.raw(
      `INSERT INTO fleet_target_states (resource_id, target_key, at, state)
       VALUES (?, ?, now(), ?)`,
      [id, `i-${i}`, state],
    );
  }
}

async function addFailover(knex: Knex, name: string, recoveredAt?: Date) {
  await knex.raw(
    `INSERT INTO failovers (entity_ref, environment, failover_id, subject_kind,
                            subject_key, detected_at, recovered_at, body)
     VALUES (?, 'production', 'f-1', 'target-group', 'tg', now(), ?, '{}')`,
    [refOf(name), recoveredAt ?? null],
  );
}

async function addFindings(knex: Knex, name: string, critical: number) {
  const entityId = await ensureEntity(knex, refOf(name));
  await knex.raw(
    'INSERT INTO finding_counts VALUES (?, ?, 9, 0, 0, 0, 0, 0, now(), NULL)',
    [entityId, critical],
  );
}

describe('readUrgency', () => {
  let databases: TestDatabases;
  beforeAll(async () => {
    databases = await startTestPostgres();
  });
  afterAll(() => databases?.stop());

  async function urgencyAfter(seed: (knex: Knex) => Promise<void>) {
    const { knex, destroy } = await databases.createTestDatabase();
    try {
      await seed(knex);
      const since = new Date(Date.now() - 15 * MINUTE_MS);
      const entities = await queryRows<{ ref: string }>(
        knex,
        'SELECT entity_ref AS ref FROM entities',
      );
      const recent = await countRecentRequests(
        knex,
        entities.map(({ ref }) => ref),
        since,
      );
      const urgency = await readUrgency(knex, recent);
      return Object.fromEntries(
        [...urgency].map(([ref, each]) => [ref.replace(/^.*\//, ''), each]),
      );
    } finally {
      await destroy();
    }
  }

  it('judges the error rate of each environment as the fleet page does', async () => {
    const urgency = await urgencyAfter(async knex => {
      await addRequests(knex, 'healthy', { failed: 0 });
      await addRequests(knex, 'warning', { failed: 2 });
      await addRequests(knex, 'critical', { failed: 50 });
      await addRequests(knex, 'few', { failed: 2, of: 3 });
      await addRequests(knex, 'past', { failed: 50, minutesAgo: 30 });
      await addRequests(knex, 'mixed', { failed: 0, of: 5000 });
      await addRequests(knex, 'mixed', { failed: 50, environment: 'staging' });
    });
    expect(urgency).toEqual({
      healthy: 1,
      warning: 2,
      critical: 3,
      few: 1,
      mixed: 3,
    });
  });

  it('judges the targets of a resource', async () => {
    const urgency = await urgencyAfter(async knex => {
      await addTargets(knex, 'healthy', ['healthy', 'healthy']);
      await addTargets(knex, 'some', ['healthy', 'unhealthy']);
      await addTargets(knex, 'none', ['draining', 'unhealthy']);
      await addTargets(knex, 'gone', ['healthy', 'gone']);
      await addTargets(knex, 'empty', []);
    });
    expect(urgency).toEqual({
      healthy: 1,
      some: 2,
      none: 3,
      gone: 1,
      empty: 1,
    });
  });

  it('counts ongoing failovers and critical findings', async () => {
    const urgency = await urgencyAfter(async knex => {
      await addFailover(knex, 'ongoing');
      await addFailover(knex, 'recovered', new Date());
      await addFindings(knex, 'vulnerable', 1);
      await addFindings(knex, 'scanned', 0);
    });
    expect(urgency).toEqual({ ongoing: 3, vulnerable: 2 });
  });

  it('returns the worst of all areas', async () => {
    const urgency = await urgencyAfter(async knex => {
      await addRequests(knex, 'shop', { failed: 0 });
      await addTargets(knex, 'shop', ['healthy', 'unhealthy']);
      await addFindings(knex, 'shop', 1);
      await addFailover(knex, 'shop');
    });
    expect(urgency).toEqual({ shop: 3 });
  });
});
