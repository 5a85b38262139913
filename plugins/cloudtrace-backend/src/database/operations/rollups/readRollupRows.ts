import type { Knex } from 'knex';
import { unpackRollupRows, type PackedRollups } from './unpackRollupRows';

/** How long the buckets of a rollup table are. */
export type RollupResolution = 'minute' | 'hour' | 'day';

/** A row of any of the rollup tables. */
export interface RollupTableRow {
  /** Start of the bucket, milliseconds since 1970. */
  bucketMs: number;
  keyId: number;
  requests: number;
  errors: number;
  durationSumUs: number;
  durationMaxUs: number;
  histogram: Buffer;
}

/** What is read. */
export interface RollupRowsQuery {
  entityId: number;
  environment: string;
  /** 1: per instance. 2: per route. */
  dimension: 1 | 2;
  /** Whole buckets of the resolution. */
  from: Date;
  to: Date;
}

const COLUMNS = `r.entity_id, r.key_id, r.requests, r.errors, r.duration_sum_us, r.duration_max_us, r.histogram`;
const WHERE = `r.entity_id = :entityId AND r.dimension = :dimension`;

/** Hours and days are complete up to these times; nothing is before the first compaction. */
const PROGRESS = {
  hour: `COALESCE((SELECT hour_until FROM rollup_progress WHERE entity_id = :entityId), '-infinity')`,
  day: `COALESCE((SELECT day_until FROM rollup_progress WHERE entity_id = :entityId), '-infinity')`,
};

const DELTAS = `
  SELECT ${COLUMNS}, r.bucket FROM rollup_deltas r
   WHERE ${WHERE} AND r.bucket >= :from AND r.bucket < :to`;

/**
 * For each resolution: its own table as far as it is complete, the finer ones
 * behind that, and what is not compacted yet. It is one statement, and so one
 * snapshot: whatever compaction does meanwhile, every request is counted once.
 */
const SOURCES: Record<RollupResolution, string> = {
  minute: `
    SELECT ${COLUMNS}, r.bucket FROM rollups_minute r
     WHERE ${WHERE} AND r.bucket >= :from AND r.bucket < :to
    UNION ALL ${DELTAS}`,
  hour: `
    SELECT ${COLUMNS}, r.bucket FROM rollups_hour r
     WHERE ${WHERE} AND r.bucket >= :from AND r.bucket < LEAST(:to, ${PROGRESS.hour})
    UNION ALL
    SELECT ${COLUMNS}, r.bucket FROM rollups_minute r
     WHERE ${WHERE} AND r.bucket >= GREATEST(:from, ${PROGRESS.hour}) AND r.bucket < :to
    UNION ALL ${DELTAS}`,
  day: `
    SELECT ${COLUMNS}, r.bucket FROM rollups_day r
     WHERE ${WHERE} AND r.bucket >= :from AND r.bucket < LEAST(:to, ${PROGRESS.day})
    UNION ALL
    SELECT ${COLUMNS}, r.bucket FROM rollups_hour r
     WHERE ${WHERE} AND r.bucket >= GREATEST(:from, ${PROGRESS.day}) AND r.bucket < LEAST(:to, ${PROGRESS.hour})
    UNION ALL
    SELECT ${COLUMNS}, r.bucket FROM rollups_minute r
     WHERE ${WHERE} AND r.bucket >= GREATEST(:from, ${PROGRESS.hour}) AND r.bucket < :to
    UNION ALL ${DELTAS}`,
};

const DICTIONARY = {
  1: `JOIN instances d ON d.entity_id = s.entity_id AND d.instance_id = s.key_id`,
  2: `JOIN routes d ON d.entity_id = s.entity_id AND d.route_id = s.key_id`,
};

/**
 * Reads the rollups of an environment, exact up to the last commit. A bucket
 * of the result may be finer than the resolution, and a key may have several
 * rows for one bucket, in any order: the caller adds them up.
 *
 * @remarks
 * Rows come packed, one for each key: `pg` takes longer to read thousands of
 * rows with a text for each column than PostgreSQL does to find them.
 */
export async function readRollupRows(
  knex: Knex,
  resolution: RollupResolution,
  query: RollupRowsQuery,
): Promise<RollupTableRow[]> {
  const { rows } = await knex.raw<{ rows: PackedRollups[] }>(
    `SELECT s.key_id,
            string_agg(timestamptz_send(s.bucket), '') AS buckets,
            string_agg(int8send(s.requests), '') AS requests,
            string_agg(int8send(s.errors), '') AS errors,
            string_agg(int8send(s.duration_sum_us), '') AS duration_sums_us,
            string_agg(int8send(s.duration_max_us), '') AS duration_maxima_us,
            string_agg(int4send(length(s.histogram)), '') AS histogram_lengths,
            string_agg(s.histogram, '') AS histograms
       FROM (${SOURCES[resolution]}) s
       ${DICTIONARY[query.dimension]} AND d.environment = :environment
      GROUP BY s.key_id`,
    { ...query },
  );
  return rows.flatMap(unpackRollupRows);
}
