import type { Knex } from 'knex';
import { DAY_MS } from '@cloudtrace/plugin-cloudtrace-common';
import { ensureEntity } from '../database/entities/ensureEntity';
import { partitionName } from '../rollups/database/partitionedTables';
import { summarizeBlockRanges } from '../rollups/database/summarizeBlockRanges';

/** Rows per batch of ingest, which sorts them by entity. */
const BATCH_ROWS = 20_000;
const ENTITIES = 2;

/**
 * Fills whole days with the requests of two entities and their minute rollups,
 * in the order in which ingest stores them. It gives PostgreSQL the same
 * statistics that autovacuum would: of the partitions, but not of the small
 * tables. One request in twenty failed.
 *
 * @returns Refs of the entities
 */
export async function fillRequests(
  knex: Knex,
  options: {
    /** Starts of days (UTC) that have partitions. */
    days: readonly Date[];
    /** A multiple of 20 000. */
    rowsPerDay: number;
  },
): Promise<string[]> {
  const refs = Array.from(
    { length: ENTITIES },
    (_, index) => `component:default/service-${index}`,
  );
  for (const ref of refs) {
    const entityId = await ensureEntity(knex, ref);
    await knex.raw(
      `INSERT INTO instances (entity_id, environment, instance_key, zone)
       SELECT ?, 'production', 'i-' || n, 'zone-' || n % 2 FROM generate_series(1, 4) n`,
      [entityId],
    );
    await knex.raw(
      `INSERT INTO routes (entity_id, environment, method, route)
       SELECT ?, 'production', 'GET', '/' || n FROM generate_series(1, 5) n`,
      [entityId],
    );
  }
  for (const day of options.days) {
    await fillDay(knex, day, options.rowsPerDay);
  }
  const partitions = options.days.map(day =>
    partitionName('requests', day, 'day'),
  );
  await summarizeBlockRanges(knex, partitions);
  for (const partition of [
    ...partitions,
    ...options.days.map(day => partitionName('rollups_minute', day, 'day')),
  ]) {
    await knex.raw('ANALYZE ??', [partition]);
  }
  return refs;
}

async function fillDay(
  knex: Knex,
  day: Date,
  rowsPerDay: number,
): Promise<void> {
  const batches = rowsPerDay / BATCH_ROWS;
  // Within a batch: entity by entity, each over the whole period of the batch.
  await knex.raw(
    `INSERT INTO requests (started_at, span_id, duration_us, trace_id, entity_id,
                           instance_id, route_id, status_code, flags)
     SELECT :day::timestamptz
              + make_interval(secs => (batch + place::float8 / :perEntity) * :batchSeconds),
            hashtextextended(n::text, 1), 1000 + n % 5000,
            md5(:day || n)::uuid, e.entity_id,
            i.first_id + n % 4, o.first_id + n % 5,
            CASE WHEN failed THEN 500 ELSE 200 END, failed::int
       FROM generate_series(0, :rows - 1) n,
            LATERAL (SELECT n / :batchRows AS batch, n % :batchRows / :perEntity AS entity,
                            n % :perEntity AS place, hashtextextended(n::text, 2) % 20 = 0 AS failed) b
       JOIN (SELECT row_number() OVER (ORDER BY entity_id) - 1 AS number, entity_id FROM entities) e
         ON e.number = b.entity
       JOIN (SELECT entity_id, min(instance_id) AS first_id FROM instances GROUP BY 1) i USING (entity_id)
       JOIN (SELECT entity_id, min(route_id) AS first_id FROM routes GROUP BY 1) o USING (entity_id)
      ORDER BY n`,
    {
      day,
      rows: rowsPerDay,
      batchRows: BATCH_ROWS,
      perEntity: BATCH_ROWS / ENTITIES,
      batchSeconds: DAY_MS / 1000 / batches,
    },
  );
  // For plans only the number of rows per minute matters, not their content.
  await knex.raw(
    `INSERT INTO rollups_minute (entity_id, bucket, dimension, key_id, requests, errors,
                                 duration_sum_us, duration_max_us, histogram)
     SELECT k.entity_id, :day::timestamptz + make_interval(mins => minute), k.dimension,
            k.key_id, 5, 0, 5000, 1000, '\\x8a0305'::bytea
       FROM (SELECT entity_id, 1 AS dimension, instance_id AS key_id FROM instances
             UNION ALL SELECT entity_id, 2, route_id FROM routes) k,
            generate_series(0, 1439) minute`,
    { day },
  );
}
