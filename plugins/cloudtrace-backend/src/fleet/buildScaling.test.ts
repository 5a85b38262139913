import { MINUTE_MS } from '@cloudtrace/plugin-cloudtrace-common';
import { toMetricSeries } from './buildScaling';

const t = new Date('2026-03-01T10:00:00Z');

/** A series with one step that contains the points 10, 20 and 60. */
function series(statistic: string, stepMs: number) {
  return toMetricSeries(
    [
      {
        resourceId: 1,
        seriesId: 's',
        points: [{ t, sum: 90, min: 10, max: 60, mean: 30 }],
      },
    ],
    [
      {
        resource_id: 1,
        external_id: 'group',
        name: 'group',
        snapshot: {
          group: {
            policies: [{ name: 'p', metricSeriesId: 's', targetValue: 40 }],
          },
          metricSeries: {
            s: {
              seriesId: 's',
              label: 's',
              unit: '1',
              statistic,
              periodMs: MINUTE_MS,
            },
          },
        },
      } as never,
    ],
    stepMs,
  )[0];
}

describe('toMetricSeries', () => {
  it('adds a point without a value where points are missing', () => {
    const stepAt = (minutes: number) => ({
      t: new Date(t.getTime() + minutes * MINUTE_MS),
      ...{ sum: 1, min: 1, max: 1, mean: 1 },
    });
    const [{ points }] = toMetricSeries(
      [
        {
          resourceId: 1,
          seriesId: 's',
          points: [0, 1, 4, 8, 9].map(stepAt),
        },
      ],
      [
        {
          resource_id: 1,
          snapshot: {
            metricSeries: {
              s: { seriesId: 's', statistic: 'Average', periodMs: MINUTE_MS },
            },
          },
        } as never,
      ],
      MINUTE_MS,
    );
    const minuteOf = (time: string) =>
      (Date.parse(time) - t.getTime()) / MINUTE_MS;
    expect(points.map(each => [minuteOf(each.t), each.value])).toEqual([
      [0, 1],
      [1, 1],
      [4, 1],
      [5, undefined],
      [8, 1],
      [9, 1],
    ]);
  });

  it.each([
    ['Sum', 90],
    ['sum', 90],
    ['SampleCount', 90],
    ['Minimum', 10],
    ['Maximum', 60],
    ['Average', 30],
    ['p95', 30],
  ])(
    'aggregates the points of a step for the statistic %s',
    (statistic, value) => {
      expect(series(statistic, 3 * MINUTE_MS).points).toEqual([
        { t: t.toISOString(), value },
      ]);
    },
  );

  it('scales thresholds of sums to wider steps and leaves others unchanged', () => {
    const lineOf = (statistic: string, stepMs: number) =>
      series(statistic, stepMs).thresholds![0].value;
    expect(lineOf('Sum', MINUTE_MS)).toBe(40);
    expect(lineOf('Sum', 5 * MINUTE_MS)).toBe(200);
    expect(lineOf('Average', 5 * MINUTE_MS)).toBe(40);
  });

  it('reports the period that a sum covers, but no period for other statistics', () => {
    expect(series('Sum', 5 * MINUTE_MS).perStepMs).toBe(5 * MINUTE_MS);
    // A source with a coarser resolution than the steps.
    expect(series('Sum', 10_000).perStepMs).toBe(MINUTE_MS);
    expect(series('Average', 5 * MINUTE_MS).perStepMs).toBeUndefined();
  });
});
