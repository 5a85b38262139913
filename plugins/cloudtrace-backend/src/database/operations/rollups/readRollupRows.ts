import type { Knex } from 'knex';

/** How long the buckets of a rollup table are. */
export type RollupResolution = 'minute' | 'hour' | 'day';

/** A row of any of the rollup tables. */
export interface RollupTableRow {
  bucket: Date;
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

interface DbRollupRow {
  bucket_ms: number;
  key_id: number;
  requests: number;
  errors: number;
  duration_sum_us: number;
  duration_max_us: number;
  histogram: Buffer;
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
 * rows for one bucket: the caller adds them up.
 */
export async function readRollupRows(
  knex: Knex,
  resolution: RollupResolution,
  query: RollupRowsQuery,
): Promise<RollupTableRow[]> {
  const { rows } = await knex.raw<{ rows: DbRollupRow[] }>(
    `SELECT extract(epoch FROM s.bucket)::float8 * 1000 AS bucket_ms, s.key_id,
            s.requests::float8, s.errors::float8,
            s.duration_sum_us::float8, s.duration_max_us::float8, s.histogram
       FROM (${SOURCES[resolution]}) s
       ${DICTIONARY[query.dimension]} AND d.environment = :environment`,
    { ...query },
  );
  return rows.map(row => ({
    bucket: new Date(row.bucket_ms),
    keyId: row.key_id,
    requests: row.requests,
    errors: row.errors,
    durationSumUs: row.duration_sum_us,
    durationMaxUs: row.duration_max_us,
    histogram: row.histogram,
  }));
}
