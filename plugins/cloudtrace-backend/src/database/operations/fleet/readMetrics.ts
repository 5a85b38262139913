import type { Knex } from 'knex';

/** What the points of a series within one step come to. */
export interface MetricStep {
  t: Date;
  sum: number;
  min: number;
  max: number;
  mean: number;
}

/** Points of a series, drawn together over steps. */
export interface MetricPoints {
  resourceId: number;
  seriesId: string;
  points: MetricStep[];
}

/**
 * Points of metric series within a range. Which of the figures of a step is
 * shown depends on the statistic of the series, see `valueOfStep`.
 */
export async function readMetrics(
  knex: Knex,
  query: {
    resourceIds: readonly number[];
    /** Only these series; all without. */
    seriesIds?: readonly string[];
    from: Date;
    to: Date;
    stepMs: number;
  },
): Promise<MetricPoints[]> {
  const seriesIds = query.seriesIds ? [...query.seriesIds] : null;
  const { rows } = await knex.raw(
    `SELECT resource_id, series_key,
            date_bin(make_interval(secs => ?), at, 'epoch'::timestamptz) AS t,
            sum(value) AS sum, min(value) AS min, max(value) AS max, avg(value) AS mean
       FROM fleet_metrics
      WHERE resource_id = ANY(?::int4[]) AND at >= ? AND at < ?
        AND (?::text[] IS NULL OR series_key = ANY(?::text[]))
      GROUP BY 1, 2, 3 ORDER BY 1, 2, 3`,
    [
      query.stepMs / 1000,
      [...query.resourceIds],
      query.from,
      query.to,
      seriesIds as Knex.RawBinding,
      seriesIds as Knex.RawBinding,
    ],
  );
  const series = new Map<string, MetricPoints>();
  for (const row of rows) {
    const key = `${row.resource_id} ${row.series_key}`;
    const entry: MetricPoints = series.get(key) ?? {
      resourceId: row.resource_id,
      seriesId: row.series_key,
      points: [],
    };
    const { t, sum, min, max, mean } = row;
    entry.points.push({ t, sum, min, max, mean });
    series.set(key, entry);
  }
  return [...series.values()];
}
