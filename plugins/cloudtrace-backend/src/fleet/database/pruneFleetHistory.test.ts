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

  it('deletes points and hours of every series of every resource', async () => {
    const other = { provider: 'aws', id: 'cart', type: 'group', name: 'cart' };
    const ids = await ensureResources(knex, [other]);
    const keys = [resourceId, ids.get(resourceKey(other))!].flatMap(id =>
      ['a', 'b', 'c'].map(key => ({ resource_id: id, series_key: key })),
    );
    const times = [
      justBefore(metricsBefore),
      metricsBefore,
      new Date(metricsBefore.getTime() + 3_600_000),
    ];
    await knex('fleet_metrics').delete();
    await knex('fleet_metrics').insert(
      keys.flatMap(key => times.map(at => ({ ...key, at, value: 1 }))),
    );
    await knex('fleet_metric_hours').insert(
      keys.flatMap(key =>
        times.map(hour => ({
          ...key,
          hour,
          points: 1,
          sum: 1,
          min: 1,
          max: 1,
        })),
      ),
    );
    await prune();
    for (const [table, time] of [
      ['fleet_metrics', 'at'],
      ['fleet_metric_hours', 'hour'],
    ]) {
      const rows = await knex(table).select('*');
      expect(rows).toHaveLength(keys.length * 2);
      expect(rows.filter(row => row[time] < metricsBefore)).toEqual([]);
    }
  });

  it('reads only the old points of metric series', async () => {
    const series = Array.from({ length: 200 }, (_, i) => `series-${i}`);
    await knex('fleet_metrics').delete();
    await knex.raw(
      `INSERT INTO fleet_metrics
       SELECT ?, key, ?::timestamptz + n * interval '1 minute', 1
         FROM unnest(?::text[]) AS key, generate_series(0, 199) n`,
      [resourceId, metricsBefore, series],
    );
    await knex.raw('VACUUM ANALYZE fleet_metrics');
    const statements: { sql: string; bindings: unknown[] }[] = [];
    const record = (statement: (typeof statements)[number]) =>
      statements.push(statement);
    knex.on('query', record);
    await prune();
    knex.removeListener('query', record);
    const ofMetrics = statements.filter(
      ({ sql, bindings }) =>
        /fleet_metrics\b/.test(sql) && bindings[0] === resourceId,
    );
    // To list the series, and to delete from each.
    expect(ofMetrics).toHaveLength(1 + series.length);
    const connection = await knex.client.acquireConnection();
    for (const { sql, bindings } of ofMetrics.slice(0, 2)) {
      const { rows } = await connection.query(`EXPLAIN ${sql}`, bindings);
      expect(JSON.stringify(rows)).toContain('fleet_metrics_pkey');
      expect(JSON.stringify(rows)).not.toContain('Seq Scan');
    }
    await knex.client.releaseConnection(connection);
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
