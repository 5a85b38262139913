import type { Knex } from 'knex';
import { BASELINE_TABLE } from '../../server/baselinePlugin';

/** Bytes per row including indexes, of our table and of the wide one. */
export async function measureSizes(
  knex: Knex,
): Promise<{ own: number; wide: number }> {
  const sample = 500_000;
  await knex.raw(BASELINE_TABLE);
  await knex.raw(
    `INSERT INTO baseline
     SELECT r.started_at, r.trace_id, int8send(r.span_id), r.entity_id, r.duration_us::int4, r.status_code,
            'i-0a1b2c3d4e5f' || lpad(r.instance_id::text, 5, '0'), 'eu-central-1a',
            '/api/v1/orders/{id}/' || r.route_id, 'GET'
       FROM (SELECT * FROM requests LIMIT ?) r`,
    [sample],
  );
  const { rows } = await knex.raw(`
    SELECT (SELECT sum(pg_total_relation_size(inhrelid)) FROM pg_inherits WHERE inhparent = 'requests'::regclass)::float8
           / (SELECT count(*) FROM requests) AS own,
           pg_total_relation_size('baseline')::float8 / (SELECT count(*) FROM baseline) AS wide`);
  return rows[0];
}
