import type { Knex } from 'knex';

/** Points of a series, averaged over steps. */
export interface MetricPoints {
  resourceId: number;
  seriesId: string;
  points: Array<{ t: Date; value: number }>;
}

/**
 * Points of metric series within a range. The statistics of a series decide
 * how points are drawn together when a step holds several: counts and sums
 * would need another way, but are stored as rates by the providers.
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
            avg(value) AS value
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
    entry.points.push({ t: row.t, value: row.value });
    series.set(key, entry);
  }
  return [...series.values()];
}
