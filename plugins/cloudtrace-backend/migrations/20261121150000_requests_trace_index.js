// @ts-check

/**
 * Adds the start time to the index of trace ids.
 *
 * Purpose: PostgreSQL estimates how many block ranges a condition needs from
 * the correlation between a column's order and the order on disk. Trace ids are
 * random, so it expected to need all ranges, and read the whole day of the
 * entity instead. For an index with several columns it uses the column with the
 * best correlation. That is the start time, with which it correctly expects one
 * or two ranges. The start time comes first, so that ranges outside of the
 * window are excluded by it.
 *
 * Locks and cost: writes to `requests` wait while the index is built, 3 to 5
 * seconds for 4 million requests on a busy machine. If the memory of ingest
 * fills up meanwhile, it responds with 503, and exporters retry.
 *
 * `down` restores the previous index.
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
  // 46 pages contain 4508 rows, whose filter at this rate just fits on a page.
  for (const statement of [
    'DROP INDEX requests_trace',
    `CREATE INDEX requests_trace ON requests
       USING brin (${columnsBefore}trace_id uuid_bloom_ops (n_distinct_per_range = 4510, false_positive_rate = 0.002))
       WITH (pages_per_range = 46)`,
  ]) {
    await knex.raw(statement);
  }
}
