import type { Knex } from 'knex';
import { HOUR_MS } from '@cloudtrace/plugin-cloudtrace-common';
import { packedTime, readPacked } from '../../database/readPacked';

/** Aggregated points of a series within one step. */
export interface MetricStep {
  t: Date;
  sum: number;
  min: number;
  max: number;
  mean: number;
}

/** Points of a series, aggregated per step. */
export interface MetricPoints {
  resourceId: number;
  seriesId: string;
  points: MetricStep[];
}

/**
 * Reads the points of metric series within a range. The statistic of a series
 * decides which figure of a step is shown, see `valueOfStep`.
 *
 * @remarks Steps of whole hours are read from the hourly sums; single points
 * are used only where the range begins or ends within an hour.
 */
export async function readMetrics(
  knex: Knex,
  query: {
    resourceIds: readonly number[];
    seriesIds: readonly string[];
    from: Date;
    to: Date;
    stepMs: number;
  },
): Promise<MetricPoints[]> {
  const keys = [[...query.resourceIds], [...query.seriesIds]];
  const [hoursFrom, hoursTo] = wholeHours(query);
  const rows = await readPacked<
    [number, string, number, number, number, number, number]
  >(
    knex,
    ['resource_id', 'series_key', packedTime('t'), 'sum', 'min', 'max', 'mean'],
    `FROM (
       SELECT resource_id, series_key,
              date_bin(make_interval(secs => ?), at, 'epoch'::timestamptz) AS t,
              sum(sum) AS sum, min(min) AS min, max(max) AS max, sum(sum) / sum(points) AS mean
         FROM (
           SELECT resource_id, series_key, hour AS at, points, sum, min, max
             FROM fleet_metric_hours
            WHERE resource_id = ANY(?::int4[]) AND series_key = ANY(?::text[])
              AND hour >= ? AND hour < ?
            UNION ALL
           SELECT resource_id, series_key, at, 1, value, value, value
             FROM fleet_metrics
            WHERE resource_id = ANY(?::int4[]) AND series_key = ANY(?::text[])
              AND at >= ? AND at < ?
            UNION ALL
           SELECT resource_id, series_key, at, 1, value, value, value
             FROM fleet_metrics
            WHERE resource_id = ANY(?::int4[]) AND series_key = ANY(?::text[])
              AND at >= ? AND at < ?
         ) points
        GROUP BY 1, 2, 3
     ) steps
     ORDER BY resource_id, series_key, t`,
    [
      query.stepMs / 1000,
      ...keys,
      hoursFrom,
      hoursTo,
      ...keys,
      query.from,
      hoursFrom,
      ...keys,
      hoursTo,
      query.to,
    ],
  );
  const series = new Map<string, MetricPoints>();
  for (const [resourceId, seriesId, t, sum, min, max, mean] of rows) {
    const key = `${resourceId} ${seriesId}`;
    const entry: MetricPoints = series.get(key) ?? {
      resourceId,
      seriesId,
      points: [],
    };
    entry.points.push({ t: new Date(t), sum, min, max, mean });
    series.set(key, entry);
  }
  return [...series.values()];
}

/** The part of a range that the hourly sums cover; empty if the steps are shorter than an hour. */
function wholeHours(range: { from: Date; to: Date; stepMs: number }) {
  const from = Math.ceil(range.from.getTime() / HOUR_MS) * HOUR_MS;
  const to = Math.floor(range.to.getTime() / HOUR_MS) * HOUR_MS;
  return range.stepMs % HOUR_MS === 0 && from < to
    ? [new Date(from), new Date(to)]
    : [range.to, range.to];
}
