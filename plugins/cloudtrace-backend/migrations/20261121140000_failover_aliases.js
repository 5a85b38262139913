// @ts-check

/**
 * Ids of failovers that merged into another one.
 *
 * Purpose: episodes are detected again whenever the history changes, and two of
 * them can become one, such as two instances that turn out to be a zone. A
 * failover keeps the ids of those that merged into it, so that shared links
 * still lead to it.
 *
 * Locks and cost: adds a column with a constant default, which rewrites
 * nothing; an older version ignores it.
 *
 * `down` drops it; links with merged ids then no longer work.
 *
 * @param {import('knex').Knex} knex
 */
exports.up = async function up(knex) {
  await knex.raw(`SET LOCAL citus.multi_shard_modify_mode TO 'sequential'`);
  for (const statement of [
    `ALTER TABLE failovers ADD COLUMN aliases text[] NOT NULL DEFAULT '{}'`,
    `COMMENT ON COLUMN failovers.aliases IS 'Ids of failovers that merged into this one'`,
  ]) {
    await knex.raw(statement);
  }
};

/**
 * Drops the column; the failovers stay.
 *
 * @param {import('knex').Knex} knex
 */
exports.down = async function down(knex) {
  await knex.raw('ALTER TABLE failovers DROP COLUMN IF EXISTS aliases');
};
