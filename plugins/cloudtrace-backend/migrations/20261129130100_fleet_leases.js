// @ts-check

/**
 * The lease for fleet collection.
 *
 * Purpose: one replica collects at a time. The scheduler's own tasks notice a
 * dead replica only after the task's timeout and the next run of its janitor,
 * about two minutes. A lease that is renewed every few seconds passes to
 * another replica within half a minute.
 *
 * Sizes: one row, updated every few seconds.
 *
 * Locks and cost: creates only a new, empty table. An older version that still
 * runs also collects until it is replaced; reports are still stored only once.
 *
 * `down` drops the table; the next version to start begins a new lease.
 *
 * @param {import('knex').Knex} knex
 */
exports.up = async function up(knex) {
  await knex.raw(`SET LOCAL citus.multi_shard_modify_mode TO 'sequential'`);
  await knex.raw(`
    CREATE TABLE fleet_leases (
      name text PRIMARY KEY,
      holder text NOT NULL,
      expires_at timestamptz NOT NULL,
      run_started_at timestamptz,
      run_finished_at timestamptz
    );
    COMMENT ON TABLE fleet_leases IS 'Which replica does what only one may do at a time';
    COMMENT ON COLUMN fleet_leases.expires_at IS 'From then on another replica may take over';
    COMMENT ON COLUMN fleet_leases.run_finished_at IS 'Null while a run goes on, or if its replica died';
  `);
};

/** @param {import('knex').Knex} knex */
exports.down = async function down(knex) {
  await knex.raw('DROP TABLE fleet_leases');
};
