// @ts-check

/**
 * The messages behind the texts of fleet providers.
 *
 * Purpose: `coded` contains codes with values for the texts of a row, so that
 * readers get them in their language; NULL if the provider worded them itself.
 *
 * Locks and cost: adds columns without a default, which rewrites nothing. An
 * older version ignores them and shows the English texts.
 *
 * `down` drops the columns; the English texts stay.
 *
 * @param {import('knex').Knex} knex
 */
exports.up = async function up(knex) {
  await knex.raw(`SET LOCAL citus.multi_shard_modify_mode TO 'sequential'`);
  for (const statement of [
    'ALTER TABLE fleet_problems ADD COLUMN coded jsonb',
    `COMMENT ON COLUMN fleet_problems.coded IS 'Codes and values of the texts, by name; NULL for a provider''s own words'`,
    'ALTER TABLE fleet_alarm_transitions ADD COLUMN coded jsonb',
    `COMMENT ON COLUMN fleet_alarm_transitions.coded IS 'Code and values of the reason; NULL for a provider''s own words'`,
  ]) {
    await knex.raw(statement);
  }
};

/**
 * Drops the columns.
 *
 * @param {import('knex').Knex} knex
 */
exports.down = async function down(knex) {
  for (const statement of [
    'ALTER TABLE fleet_problems DROP COLUMN coded',
    'ALTER TABLE fleet_alarm_transitions DROP COLUMN coded',
  ]) {
    await knex.raw(statement);
  }
};
