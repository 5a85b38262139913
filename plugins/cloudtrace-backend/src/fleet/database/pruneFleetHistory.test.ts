import type { Knex } from 'knex';
import { startTestPostgres, type TestDatabases } from '../../testUtils';
import { ensureResources, resourceKey } from './ensureResources';
import { pruneFleetHistory } from './pruneFleetHistory';

jest.setTimeout(60_000);

const metricsBefore = new Date('2026-03-01T00:00:00Z');
const historyBefore = new Date('2025-03-01T00:00:00Z');
const justBefore = (time: Date) => new Date(time.getTime() - 1_000);

describe('pruneFleetHistory', () => {
  let databases: TestDatabases;
  let knex: Knex;
  let resourceId: number;

  beforeAll(async () => {
    databases = await startTestPostgres();
    ({ knex } = await databases.createTestDatabase());
    const resource = {
      provider: 'aws',
      id: 'shop',
      type: 'auto-scaling-group',
      name: 'shop',
    };
    const ids = await ensureResources(knex, [resource]);
    resourceId = ids.get(resourceKey(resource))!;
  });
  afterAll(() => databases?.stop());

  const prune = () =>
    pruneFleetHistory(knex, {
      metricsBefore,
      historyBefore,
      signal: new AbortController().signal,
    });

  it('deletes metric points before their time, and no others', async () => {
    const point = (seriesKey: string, at: Date) => ({
      resource_id: resourceId,
      series_key: seriesKey,
      at,
      value: 1,
    });
    await knex('fleet_metrics').insert([
      point('older', justBefore(metricsBefore)),
      point('kept', metricsBefore),
    ]);
    await prune();
    const rows = await knex('fleet_metrics');
    expect(rows.map(row => row.series_key)).toEqual(['kept']);
  });

  it('deletes states that ended before the time of history, and keeps current ones', async () => {
    const state = (target: string, until: Date | null) => ({
      resource_id: resourceId,
      target_key: target,
      at: new Date('2025-01-01T00:00:00Z'),
      until,
      state: 'healthy',
    });
    await knex('fleet_target_states').insert([
      state('current', null),
      state('kept', historyBefore),
      state('older', justBefore(historyBefore)),
    ]);
    await prune();
    const rows = await knex('fleet_target_states').orderBy('target_key');
    expect(rows.map(row => row.target_key)).toEqual(['current', 'kept']);
  });
});
