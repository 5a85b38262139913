import type { Knex } from 'knex';
import { withConnection } from '../../database/withConnection';
import { CopyOutQuery } from '../../database/CopyOutQuery';
import { decodeRollupRows, ROLLUP_ROW_COLUMNS } from './decodeRollupRows';

/** Length of the buckets of a rollup table. */
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

/** What to read. */
export interface RollupRowsQuery {
  entityId: number;
  environment: string;
  /** 1: per instance. 2: per route. */
  dimension: 1 | 2;
  /** Whole buckets of the resolution. */
  from: Date;
  to: Date;
}

/** The values of a query as SQL literals. */
type Literals = Record<keyof RollupRowsQuery, string>;

const LIMITS = { acquireTimeoutMs: 10_000, useTimeoutMs: 60_000 };

/**
 * Part of a rollup table.
 *
 * @param from - Start as SQL
 * @param to - End as SQL, exclusive
 */
function part(table: string, v: Literals, from: string, to: string): string {
  return `
    SELECT r.key_id, r.requests, r.errors, r.duration_sum_us, r.duration_max_us, r.histogram, r.bucket
      FROM ${table} r
     WHERE r.entity_id = ${v.entityId} AND r.dimension = ${v.dimension}
       AND r.bucket >= ${from} AND r.bucket < ${to}`;
}

/** Hours and days are complete up to these times; before the first compaction there are none. */
function completeUntil(resolution: 'hour' | 'day', v: Literals): string {
  return `COALESCE((SELECT ${resolution}_until FROM rollup_progress WHERE entity_id = ${v.entityId}), '-infinity')`;
}

/**
 * For each resolution: its own table as far as it is complete, then the finer
 * ones, then the deltas that are not compacted yet. One statement has one
 * snapshot, so every request is counted once, even during compaction.
 */
function sourcesOf(resolution: RollupResolution, v: Literals): string[] {
  const { from, to } = v;
  const deltas = part('rollup_deltas', v, from, to);
  if (resolution === 'minute') {
    return [part('rollups_minute', v, from, to), deltas];
  }
  const hour = completeUntil('hour', v);
  const minutes = part('rollups_minute', v, `GREATEST(${from}, ${hour})`, to);
  if (resolution === 'hour') {
    const hours = part('rollups_hour', v, from, `LEAST(${to}, ${hour})`);
    return [hours, minutes, deltas];
  }
  const day = completeUntil('day', v);
  return [
    part('rollups_day', v, from, `LEAST(${to}, ${day})`),
    part(
      'rollups_hour',
      v,
      `GREATEST(${from}, ${day})`,
      `LEAST(${to}, ${hour})`,
    ),
    minutes,
    deltas,
  ];
}

const DICTIONARY = {
  1: { table: 'instances', id: 'instance_id' },
  2: { table: 'routes', id: 'route_id' },
};

/**
 * Reads the rollups of an environment, exact up to the last commit. A bucket of
 * the result may be finer than the resolution, and a key may have several rows
 * per bucket, in any order: the caller adds them up.
 */
export async function readRollupRows(
  knex: Knex,
  resolution: RollupResolution,
  query: RollupRowsQuery,
): Promise<RollupTableRow[]> {
  const { table, id } = DICTIONARY[query.dimension];
  const copied = await withConnection(knex, LIMITS, client => {
    const v: Literals = {
      entityId: client.escapeLiteral(String(query.entityId)),
      environment: client.escapeLiteral(query.environment),
      dimension: client.escapeLiteral(String(query.dimension)),
      from: `${client.escapeLiteral(query.from.toISOString())}::timestamptz`,
      to: `${client.escapeLiteral(query.to.toISOString())}::timestamptz`,
    };
    // IS TRUE keeps the list of keys from becoming a join: it is hashed once.
    const copy = new CopyOutQuery(`
      COPY (
        SELECT ${ROLLUP_ROW_COLUMNS}
          FROM (${sourcesOf(resolution, v).join(' UNION ALL ')}) s
         WHERE (s.key_id IN (
           SELECT d.${id} FROM ${table} d
            WHERE d.entity_id = ${v.entityId} AND d.environment = ${
      v.environment
    })) IS TRUE
      ) TO STDOUT (FORMAT binary)`);
    client.query(copy);
    return copy.done;
  });
  return decodeRollupRows(copied);
}
