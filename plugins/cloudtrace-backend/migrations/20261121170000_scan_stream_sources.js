// @ts-check

/**
 * Where streams that are pulled come from.
 *
 * Purpose: a project can disappear from its source, or be called otherwise
 * there. Its streams are found again by the source and the project's id, so
 * that what they reported does not stay open for ever.
 *
 * Streams that were there before get both with their next pull.
 *
 * Locks and cost: two columns without a default, which rewrites nothing; a
 * running older version does not see them.
 *
 * `down` drops them; what was pulled stays.
 *
 * @param {import('knex').Knex} knex
 */
exports.up = async function up(knex) {
  await knex.raw(`SET LOCAL citus.multi_shard_modify_mode TO 'sequential'`);
  await knex.raw(`
    ALTER TABLE scan_streams ADD COLUMN source text, ADD COLUMN source_target text;
    COMMENT ON COLUMN scan_streams.source IS 'The scan source that pulls it, such as snyk; NULL for uploads';
    COMMENT ON COLUMN scan_streams.source_target IS 'Id at the source, such as that of a project';
  `);
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
