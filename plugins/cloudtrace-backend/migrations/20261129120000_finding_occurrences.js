// @ts-check

/**
 * Every place of a finding, and keys that name several findings.
 *
 * Purpose: one place and one package of a finding lost the second lock file
 * and the second location. `finding_sources` has all of them as its scan saw
 * them. `finding_keys` remembers which keys have belonged to several findings:
 * such a fingerprint is none, also in a file where only one result has it.
 *
 * Findings, decisions and keys that were there stay as they are; findings have
 * their one place until the next scan of their stream. The keys of places in
 * code have another form from now on: the first scan that has such a finding
 * again finds it by its old key and removes that.
 *
 * Locks and cost: columns with a constant default, which rewrites nothing; a
 * running older version does not see them.
 *
 * `down` drops them. Places are lost until the next scan; findings that were
 * seen since `up` are new to an older version.
 *
 * @param {import('knex').Knex} knex
 */
exports.up = async function up(knex) {
  await knex.raw(`SET LOCAL citus.multi_shard_modify_mode TO 'sequential'`);
  await knex.raw(`
    ALTER TABLE finding_sources
      ADD COLUMN occurrences jsonb NOT NULL DEFAULT '[]',
      ADD COLUMN occurrence_count int4 NOT NULL DEFAULT 0;
    ALTER TABLE finding_keys ADD COLUMN ambiguous boolean NOT NULL DEFAULT false;
    COMMENT ON COLUMN finding_sources.occurrences IS 'Places with path or target, package and version; at most 100. Empty if the tool names none, or if the row is older than the column';
    COMMENT ON COLUMN finding_sources.occurrence_count IS 'How many places there are, also beyond those that are kept';
    COMMENT ON COLUMN finding_keys.ambiguous IS 'Has belonged to several findings at once and names none any more';
  `);
};

/**
 * Drops the columns; findings, decisions and keys stay.
 *
 * @param {import('knex').Knex} knex
 */
exports.down = async function down(knex) {
  await knex.raw(`
    ALTER TABLE finding_sources DROP COLUMN occurrences, DROP COLUMN occurrence_count;
    ALTER TABLE finding_keys DROP COLUMN ambiguous;
  `);
};
