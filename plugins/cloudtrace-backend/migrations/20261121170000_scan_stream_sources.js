// @ts-check

/**
 * Origin of streams that are pulled.
 *
 * Purpose: a project can disappear from its source, or be renamed there. Its
 * streams are found by the source and the project's id, so that their findings
 * do not stay open for ever.
 *
 * Existing streams get both with their next pull.
 *
 * Locks and cost: adds two columns without a default, which rewrites nothing;
 * an older version ignores them.
 *
 * `down` drops them; pulled data stays.
 *
 * @param {import('knex').Knex} knex
 */
exports.up = async function up(knex) {
  await knex.raw(`SET LOCAL citus.multi_shard_modify_mode TO 'sequential'`);
  for (const statement of [
    'ALTER TABLE scan_streams ADD COLUMN source text, ADD COLUMN source_target text',
    `COMMENT ON COLUMN scan_streams.source IS 'The scan source that pulls it, such as snyk; NULL for uploads'`,
    `COMMENT ON COLUMN scan_streams.source_target IS 'Id at the source, such as that of a project'`,
  ]) {
    await knex.raw(statement);
  }
};

/**
 * Drops the columns; streams, scans and findings stay.
 *
 * @param {import('knex').Knex} knex
 */
exports.down = async function down(knex) {
  await knex.raw(
    'ALTER TABLE scan_streams DROP COLUMN source, DROP COLUMN source_target',
  );
};
