// @ts-check

/**
 * Results of the last pulls from scan sources.
 *
 * Purpose: a pull without changes leaves no scan, and neither does a pull that
 * fails. Diagnostics must report both. One row for each entity, source and
 * target (such as a Snyk project).
 *
 * Can be distributed by entity_id: the key begins with it.
 *
 * Locks and cost: creates only a new, empty table; safe while an older version
 * runs.
 *
 * `down` drops it; the next pulls fill it again.
 *
 * @param {import('knex').Knex} knex
 */
exports.up = async function up(knex) {
  await knex.raw(`SET LOCAL citus.multi_shard_modify_mode TO 'sequential'`);
  await knex.raw(`
    CREATE TABLE scan_pulls (
      entity_id int4 NOT NULL,
      source text NOT NULL,
      target text NOT NULL,
      last_success_at timestamptz,
      last_error_at timestamptz,
      last_error text,
      PRIMARY KEY (entity_id, source, target)
    );
    COMMENT ON TABLE scan_pulls IS 'How the last pulls of each target of a scan source went';
    COMMENT ON COLUMN scan_pulls.target IS 'Id of the target at its source; empty for finding the targets';
  `);
};

/**
 * Drops the table; findings and scans stay.
 *
 * @param {import('knex').Knex} knex
 */
exports.down = async function down(knex) {
  await knex.raw('DROP TABLE IF EXISTS scan_pulls');
};
