// @ts-check

/**
 * Reserves the upper half of the ids of instances and routes for ids per entity.
 *
 * Purpose: new names get the next id of their entity instead of a number from a
 * sequence. In a distributed schema a sequence of int4 works on the coordinator
 * only, so that names could not be added through workers. One sequence for all
 * entities would also end after 2 billion names. See
 * docs/decisions/ids-per-entity.md.
 *
 * Ids that exist stay. Ids per entity begin after 1073741823, which is the new
 * limit of both sequences: an older version that still runs uses the sequences
 * and cannot give out the id of another name.
 *
 * If the tables are distributed already, the sequences keep their limit: Citus
 * cannot change it. They would have to give out a billion names to reach the
 * ids per entity.
 *
 * Locks and cost: ACCESS EXCLUSIVE on both tables for a moment; reads and
 * writes no row.
 *
 * `down` gives the sequences their old limit; an older version continues with
 * them. Names and their requests stay.
 *
 * @param {import('knex').Knex} knex
 */
exports.up = async function up(knex) {
  await knex.raw(`SET LOCAL citus.multi_shard_modify_mode TO 'sequential'`);
  await limitSequences(knex, 1073741823);
  for (const statement of [
    `COMMENT ON COLUMN instances.instance_id IS 'Unique within the entity: from 1073741824 on the next number of the entity, below that from a sequence that older versions used'`,
    `COMMENT ON COLUMN routes.route_id IS 'Unique within the entity, like instances.instance_id'`,
  ]) {
    await knex.raw(statement);
  }
};

/**
 * Restores the limits of the sequences; no row changes.
 *
 * @param {import('knex').Knex} knex
 */
exports.down = async function down(knex) {
  await knex.raw(`SET LOCAL citus.multi_shard_modify_mode TO 'sequential'`);
  await limitSequences(knex, 2147483647);
  for (const statement of [
    'COMMENT ON COLUMN instances.instance_id IS NULL',
    'COMMENT ON COLUMN routes.route_id IS NULL',
  ]) {
    await knex.raw(statement);
  }
};

/**
 * @param {import('knex').Knex} knex
 * @param {number} maximum
 */
async function limitSequences(knex, maximum) {
  const { rows } = await knex.raw(
    `SELECT to_regclass('pg_dist_partition') IS NOT NULL AS installed`,
  );
  if (rows[0].installed) {
    const distributed = await knex.raw(
      `SELECT FROM pg_dist_partition WHERE logicalrelid = 'instances'::regclass`,
    );
    if (distributed.rows.length > 0) return;
  }
  await knex.raw(
    `ALTER TABLE instances ALTER COLUMN instance_id SET MAXVALUE ${maximum}`,
  );
  await knex.raw(
    `ALTER TABLE routes ALTER COLUMN route_id SET MAXVALUE ${maximum}`,
  );
}
