// @ts-check

/**
 * The messages behind more texts: how a resource was found, events of
 * databases, reasons of rejected and incomplete scans, and errors of pulls.
 *
 * Purpose: `coded` contains codes with values for the texts of a row, so that
 * readers get them in their language; NULL for the words of a tool or provider.
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
    'ALTER TABLE fleet_links ADD COLUMN coded jsonb',
    `COMMENT ON COLUMN fleet_links.coded IS 'Code and values of the detail; NULL for a provider''s own words'`,
    'ALTER TABLE fleet_database_events ADD COLUMN coded jsonb',
    `COMMENT ON COLUMN fleet_database_events.coded IS 'Code and values of the message; NULL for a provider''s own words'`,
    'ALTER TABLE scans ADD COLUMN coded jsonb',
    `COMMENT ON COLUMN scans.coded IS 'Codes and values of error and incomplete, by name; NULL for a tool''s own words'`,
    'ALTER TABLE scan_pulls ADD COLUMN coded jsonb',
    `COMMENT ON COLUMN scan_pulls.coded IS 'Code and values of last_error, as lastError; NULL for a tool''s own words'`,
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
    'ALTER TABLE fleet_links DROP COLUMN coded',
    'ALTER TABLE fleet_database_events DROP COLUMN coded',
    'ALTER TABLE scans DROP COLUMN coded',
    'ALTER TABLE scan_pulls DROP COLUMN coded',
  ]) {
    await knex.raw(statement);
  }
};
