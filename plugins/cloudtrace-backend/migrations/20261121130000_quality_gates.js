// @ts-check

/**
 * Quality gates.
 *
 * Purpose: the newest gate and measures of each project of an entity, with
 * their analysis, which also shows whether an analysis is new.
 *
 * Can be distributed by entity_id: the key begins with it.
 *
 * Locks and cost: creates only a new, empty table; safe while an older version
 * runs.
 *
 * `down` drops it; the next pull fills it again.
 *
 * @param {import('knex').Knex} knex
 */
exports.up = async function up(knex) {
  await knex.raw(`SET LOCAL citus.multi_shard_modify_mode TO 'sequential'`);
  await knex.raw(`
    CREATE TABLE quality_gates (
      entity_id int4 NOT NULL,
      tool text NOT NULL,
      instance text NOT NULL,
      project_key text NOT NULL,
      status text NOT NULL CHECK (status IN ('passed', 'failed', 'unknown')),
      url text,
      measures jsonb NOT NULL,
      analysed_at timestamptz NOT NULL,
      read_at timestamptz NOT NULL,
      PRIMARY KEY (entity_id, tool, instance, project_key)
    );
    COMMENT ON COLUMN quality_gates.analysed_at IS 'The analysis that the gate judged';
  `);
};

/**
 * Drops the gates; findings and scans stay.
 *
 * @param {import('knex').Knex} knex
 */
exports.down = async function down(knex) {
  await knex.raw('DROP TABLE IF EXISTS quality_gates');
};
