// @ts-check

/**
 * Stores when requests arrived, in addition to when they started.
 *
 * Purpose: Diagnostics shows when ingest last succeeded. The start of the
 * newest request does not show that: clocks of senders differ, and requests are
 * sent late.
 *
 * Sizes: 8 bytes in each row of `rollup_deltas`, which exist until they are
 * compacted, and of `instances`.
 *
 * Locks and cost: ACCESS EXCLUSIVE on both tables for the time of one update of
 * `instances`, one row per instance; rows of `rollup_deltas` are not written.
 * An older version that still runs keeps working: it fills `arrived_at` by the
 * default, and does not update `last_arrived_at` until it is replaced.
 *
 * Existing instances: the newest start becomes the arrival, as before, but
 * never a start in the future.
 *
 * `down` drops both columns.
 *
 * @param {import('knex').Knex} knex
 */
exports.up = async function up(knex) {
  await knex.raw(`SET LOCAL citus.multi_shard_modify_mode TO 'sequential'`);
  for (const statement of [
    'ALTER TABLE rollup_deltas ADD COLUMN arrived_at timestamptz NOT NULL DEFAULT now()',
    `COMMENT ON COLUMN rollup_deltas.arrived_at IS 'Start of the transaction that stored the requests'`,
    'ALTER TABLE instances ADD COLUMN last_arrived_at timestamptz',
    'UPDATE instances SET last_arrived_at = LEAST(last_seen_at, now())',
    `COMMENT ON COLUMN instances.last_arrived_at IS 'When the newest compacted request of this instance arrived; null before the first compaction'`,
  ]) {
    await knex.raw(statement);
  }
};

/** @param {import('knex').Knex} knex */
exports.down = async function down(knex) {
  for (const statement of [
    'ALTER TABLE instances DROP COLUMN last_arrived_at',
    'ALTER TABLE rollup_deltas DROP COLUMN arrived_at',
  ]) {
    await knex.raw(statement);
  }
};
