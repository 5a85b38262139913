// @ts-check

/**
 * Incomplete scans, and the order of scans by one clock.
 *
 * Purpose: a scan that failed or lacks results closes no findings;
 * `scans.incomplete` contains the reason. `scan_streams.analysed_at` contained
 * the time of arrival for scans without a time of their own. Times of scans
 * must be compared only with each other, not with another machine's clock, so
 * those become NULL.
 *
 * Locks and cost: adds a column without a default, which rewrites nothing, and
 * updates `scan_streams`, which has a row for each tool, category and ref. An
 * older version ignores the column and treats NULL as no earlier scan.
 *
 * `down` drops the column; findings that stayed open stay open.
 *
 * @param {import('knex').Knex} knex
 */
exports.up = async function up(knex) {
  await knex.raw(`SET LOCAL citus.multi_shard_modify_mode TO 'sequential'`);
  for (const statement of [
    'ALTER TABLE scans ADD COLUMN incomplete text',
    `COMMENT ON COLUMN scans.incomplete IS 'Why the scan did not run to its end, so that it closed nothing; NULL if it did'`,
    `COMMENT ON COLUMN scan_streams.analysed_at IS 'The latest time that a scan of it gave, by the clock of its machine; NULL if none gave one'`,
    `UPDATE scan_streams s SET analysed_at = NULL
       FROM scans c
      WHERE c.entity_id = s.entity_id AND c.scan_id = s.current_scan_id
        AND c.analysed_at IS NULL`,
  ]) {
    await knex.raw(statement);
  }
};

/**
 * Drops the column.
 *
 * @param {import('knex').Knex} knex
 */
exports.down = async function down(knex) {
  await knex.raw('ALTER TABLE scans DROP COLUMN incomplete');
};
