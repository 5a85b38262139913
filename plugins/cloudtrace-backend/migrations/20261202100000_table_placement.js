// @ts-check

/**
 * Which version of the placement the tables of a distributed database have.
 *
 * Purpose: a replica of an older version that starts on a newer database leaves
 * the tables where the newer version put them. Empty while nothing is
 * distributed; otherwise one row.
 *
 * Locks and cost: creates only a new, empty table; safe while an older version
 * runs, which ignores it.
 *
 * `down` drops it: the next start checks all tables again.
 *
 * @param {import('knex').Knex} knex
 */
exports.up = async function up(knex) {
  await knex.raw(`SET LOCAL citus.multi_shard_modify_mode TO 'sequential'`);
  await knex.raw(`
    CREATE TABLE table_placement (
      singleton boolean PRIMARY KEY DEFAULT true CHECK (singleton),
      version int4 NOT NULL
    );
    COMMENT ON TABLE table_placement IS 'Version of the placement that the tables have, if they are distributed';
  `);
};

/**
 * Drops the table.
 *
 * @param {import('knex').Knex} knex
 */
exports.down = async function down(knex) {
  await knex.raw(`SET LOCAL citus.multi_shard_modify_mode TO 'sequential'`);
  await knex.raw('DROP TABLE table_placement');
};
