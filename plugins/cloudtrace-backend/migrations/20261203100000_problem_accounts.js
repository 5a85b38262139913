// @ts-check

/**
 * Which account or cluster a problem of a provider is about.
 *
 * Purpose: only entities that have resources there, or none of the provider,
 * show it.
 *
 * Locks and cost: adds a column that may be null, without a rewrite; safe while
 * an older version runs, which neither writes nor reads it. Problems that were
 * stored before concern everybody until the next cycle replaces them.
 *
 * `down` drops the column.
 *
 * @param {import('knex').Knex} knex
 */
exports.up = async function up(knex) {
  await knex.raw(`SET LOCAL citus.multi_shard_modify_mode TO 'sequential'`);
  await knex.raw('ALTER TABLE fleet_problems ADD COLUMN account text');
  await knex.raw(
    `COMMENT ON COLUMN fleet_problems.account IS 'Account or cluster that the problem is about; null if it is about the provider, a scope or a resource'`,
  );
};

/**
 * Drops the column.
 *
 * @param {import('knex').Knex} knex
 */
exports.down = async function down(knex) {
  await knex.raw(`SET LOCAL citus.multi_shard_modify_mode TO 'sequential'`);
  await knex.raw('ALTER TABLE fleet_problems DROP COLUMN account');
};
