// @ts-check

/**
 * Unknown limits of groups.
 *
 * Purpose: a provider without permission to read the limits of a group still
 * knows its size. That must not look like a group of a fixed size.
 *
 * Locks and cost: changes only the catalog, no rows. An older version that
 * still runs reads null as a limit of zero until it is replaced.
 *
 * `down` replaces unknown limits with the desired capacity, as before.
 *
 * @param {import('knex').Knex} knex
 */
exports.up = async function up(knex) {
  await knex.raw(`SET LOCAL citus.multi_shard_modify_mode TO 'sequential'`);
  for (const statement of [
    'ALTER TABLE fleet_capacity ALTER COLUMN min DROP NOT NULL, ALTER COLUMN max DROP NOT NULL',
    `COMMENT ON COLUMN fleet_capacity.min IS 'Null if not known'`,
    `COMMENT ON COLUMN fleet_capacity.max IS 'Null if not known'`,
  ]) {
    await knex.raw(statement);
  }
};

/** @param {import('knex').Knex} knex */
exports.down = async function down(knex) {
  for (const statement of [
    `UPDATE fleet_capacity SET min = coalesce(min, desired), max = coalesce(max, desired)
      WHERE min IS NULL OR max IS NULL`,
    'ALTER TABLE fleet_capacity ALTER COLUMN min SET NOT NULL, ALTER COLUMN max SET NOT NULL',
  ]) {
    await knex.raw(statement);
  }
};
