import { MINUTE_MS, HOUR_MS } from '@cloudtrace/plugin-cloudtrace-common';
import { startTestPostgres, type TestDatabases } from '../../testUtils';
import { ensureResources, resourceKey } from './ensureResources';
import { readMetrics } from './readMetrics';
import { recordMetrics } from './recordMetrics';

jest.setTimeout(60_000);

const start = Date.parse('2026-03-01T10:20:00Z');
const resource = {
  provider: 'fake',
  id: 'group',
  type: 'auto-scaling-group',
  name: 'group',
};

describe('metrics', () => {
  let databases: TestDatabases;
  beforeAll(async () => {
    databases = await startTestPostgres();
  });
  afterAll(() => databases.stop());

  async function setUp() {
    const { knex } = await databases.createTestDatabase();
    const ids = await ensureResources(knex, [resource]);
    const resourceId = ids.get(resourceKey(resource))!;
    const record = (points: Map<number, number | null>) =>
      knex.transaction(tx =>
        recordMetrics(tx, [
          {
            resourceId,
            series: [
              {
                seriesId: 'cpu',
                label: 'CPU',
                unit: '%',
                statistic: 'Average',
                periodMs: MINUTE_MS,
                times: [...points.keys()].map(at => new Date(at).toISOString()),
                values: [...points.values()],
              },
            ],
          },
        ]),
      );
    const read = async (range: { from: Date; to: Date; stepMs: number }) => {
      const [series] = await readMetrics(knex, {
        resourceIds: [resourceId],
        seriesIds: ['cpu'],
        ...range,
      });
      return series?.points ?? [];
    };
    return { knex, record, read };
  }

  /** The expected figures of the steps. */
  function expected(
    points: Map<number, number | null>,
    { from, to, stepMs }: { from: Date; to: Date; stepMs: number },
  ) {
    const steps = new Map<number, number[]>();
    for (const [at, value] of points) {
      if (at < from.getTime() || at >= to.getTime() || value === null) continue;
      const t = Math.floor(at / stepMs) * stepMs;
      steps.set(t, [...(steps.get(t) ?? []), value]);
    }
    return [...steps].map(([t, values]) => {
      const sum = values.reduce((a, b) => a + b, 0);
      return {
        t: new Date(t),
        sum,
        min: Math.min(...values),
        max: Math.max(...values),
        mean: sum / values.length,
      };
    });
  }

  it('returns the same from hourly sums as from the points, also after corrections', async () => {
    const { record, read } = await setUp();
    const points = new Map<number, number | null>();
    for (let i = 0; i < 8 * 60; i += 1) {
      points.set(start + i * MINUTE_MS, i % 7 === 0 ? null : (i * 37) % 100);
    }
    await record(points);
    // Overlapping reports, as after every cycle: one point is unchanged, one is
    // corrected.
    await record(points);
    const correction = new Map([
      [start + 61 * MINUTE_MS, 1_000],
      [start + 63 * MINUTE_MS, null],
    ]);
    await record(correction);
    points.set(start + 61 * MINUTE_MS, 1_000);

    for (const stepMs of [MINUTE_MS, 30 * MINUTE_MS, HOUR_MS, 6 * HOUR_MS]) {
      for (const [fromMinutes, toMinutes] of [
        [0, 480],
        [13, 403],
        [100, 130],
        [-600, 900],
      ]) {
        const range = {
          from: new Date(start + fromMinutes * MINUTE_MS),
          to: new Date(start + toMinutes * MINUTE_MS),
          stepMs,
        };
        expect(await read(range)).toEqual(expected(points, range));
      }
    }
  });

  it('writes nothing if a report repeats stored data', async () => {
    const { knex, record } = await setUp();
    const points = new Map([[start, 5]]);
    await record(points);
    const version = async () =>
      (await knex.raw('SELECT xmin::text FROM fleet_metric_hours')).rows;
    const before = await version();
    await record(points);
    expect(await version()).toEqual(before);
  });
});
