import type { Knex } from 'knex';
import type { RollupRow } from '../../../../plugins/cloudtrace-backend/src/rollups/types';
import type { Entity } from './day';

/** Computes a chart's percentiles from the raw rows. */
export async function rawAggregate(
  knex: Knex,
  { id }: Entity,
  { from, to }: { from: Date; to: Date },
) {
  const { rows } = await knex.raw(
    `SELECT i.instance_key || ' ' || (extract(epoch FROM m) * 1000)::int8 AS key, p
       FROM (SELECT date_trunc('minute', started_at) AS m, instance_id, count(*),
                    percentile_disc(ARRAY[0.5, 0.95, 0.99]) WITHIN GROUP (ORDER BY duration_us)::float8[] AS p
               FROM requests WHERE entity_id = ? AND started_at >= ? AND started_at < ?
              GROUP BY 1, 2) g
       JOIN instances i ON i.entity_id = ? AND i.instance_id = g.instance_id`,
    [id, from, to, id],
  );
  return rows as { key: string; p: number[] }[];
}

/** The error of a chart's percentiles, as a share of the exact values. */
export function worstError(
  chart: { row: RollupRow; percentiles: number[] }[],
  exact: { key: string; p: number[] }[],
): number {
  const shown = new Map(
    chart.map(({ row, percentiles }) => [
      `${row.key} ${row.bucket.getTime()}`,
      percentiles,
    ]),
  );
  const errors = exact.flatMap(({ key, p }) => {
    const percentiles = shown.get(key);
    if (!percentiles) {
      throw new Error(`The rollups have no group ${key}`);
    }
    return p.map((value, i) => Math.abs(percentiles[i] - value) / value);
  });
  return errors.reduce((worst, error) => Math.max(worst, error), 0);
}
