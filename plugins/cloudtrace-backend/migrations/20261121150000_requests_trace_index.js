// @ts-check

/**
 * Adds the start time to the index of trace ids.
 *
 * Purpose: PostgreSQL guesses how many block ranges a condition needs by how
 * well the order of a column follows the order on disk. Trace ids are random,
 * so it expected to need all of them, and read the whole day of the entity
 * instead. Of several columns it takes the one that follows best: that is the
 * start time, with which it expects what is true, a range or two. The start
 * comes first, so that ranges outside of the window are left out by it.
 *
 * Locks and cost: writes to `requests` wait while the index is built, 3 to
 * 5 seconds for 4 million requests on a busy machine; ingest answers 503 when its memory is
 * full meanwhile, and exporters send again.
 *
 * `down` brings the former index back.
 *
 * @param {import('knex').Knex} knex
 */
exports.up = async function up(knex) {
  await replaceIndex(knex, 'started_at, ');
};

/** @param {import('knex').Knex} knex */
exports.down = async function down(knex) {
  await replaceIndex(knex, '');
};

/**
 * @param {import('knex').Knex} knex
 * @param {string} columnsBefore
 */
async function replaceIndex(knex, columnsBefore) {
  await knex.raw(`SET LOCAL citus.multi_shard_modify_mode TO 'sequential'`);
  // 46 pages hold 4508 rows, whose filter at this rate just fits on a page.
  await knex.raw(`
    DROP INDEX requests_trace;
    CREATE INDEX requests_trace ON requests
      USING brin (${columnsBefore}trace_id uuid_bloom_ops (n_distinct_per_range = 4510, false_positive_rate = 0.002))
      WITH (pages_per_range = 46);
  `);
}
