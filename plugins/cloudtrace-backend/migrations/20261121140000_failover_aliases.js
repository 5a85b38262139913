// @ts-check

/**
 * Ids of failovers that turned out to be one episode.
 *
 * Purpose: episodes are found again whenever the history changes, and two of
 * them can become one, such as two instances that turn out to be a zone. The
 * ids of those that merged into a failover are kept with it, so that links
 * which people passed on still lead to it.
 *
 * Locks and cost: a column with a constant default, which rewrites nothing; a
 * running older version does not see it.
 *
 * `down` drops it; links with merged ids then lead nowhere.
 *
 * @param {import('knex').Knex} knex
 */
exports.up = async function up(knex) {
  await knex.raw(`SET LOCAL citus.multi_shard_modify_mode TO 'sequential'`);
  await knex.raw(`
    ALTER TABLE failovers ADD COLUMN aliases text[] NOT NULL DEFAULT '{}';
    COMMENT ON COLUMN failovers.aliases IS 'Ids of failovers that merged into this one';
  `);
};

/**
 * Drops the column; the failovers stay.
 *
 * @param {import('knex').Knex} knex
 */
exports.down = async function down(knex) {
  await knex.raw('ALTER TABLE failovers DROP COLUMN IF EXISTS aliases');
};
