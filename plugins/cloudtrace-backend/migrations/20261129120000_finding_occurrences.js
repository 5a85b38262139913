// @ts-check

/**
 * All occurrences of a finding, and keys that match several findings.
 *
 * Purpose: a finding with only one location and one package lost the second
 * lock file and the second location. `finding_sources` now has all occurrences
 * as the scan reported them. `finding_keys` records which keys have belonged to
 * several findings: such a key no longer counts as a fingerprint, even in a
 * file where only one result has it.
 *
 * Existing findings, decisions and keys stay; findings have one occurrence
 * until the next scan of their stream. The keys of code locations get a new
 * format: the next scan that contains such a finding finds it by its old key
 * and removes that key.
 *
 * Locks and cost: adds columns with a constant default, which rewrites nothing;
 * an older version ignores them.
 *
 * `down` drops them. Occurrences are lost until the next scan; an older version
 * treats findings that were scanned after `up` as new.
 *
 * @param {import('knex').Knex} knex
 */
exports.up = async function up(knex) {
  await knex.raw(`SET LOCAL citus.multi_shard_modify_mode TO 'sequential'`);
  for (const statement of [
    `ALTER TABLE finding_sources
       ADD COLUMN occurrences jsonb NOT NULL DEFAULT '[]',
       ADD COLUMN occurrence_count int4 NOT NULL DEFAULT 0`,
    'ALTER TABLE finding_keys ADD COLUMN ambiguous boolean NOT NULL DEFAULT false',
    `COMMENT ON COLUMN finding_sources.occurrences IS 'Places with path or target, package and version; at most 100. Empty if the tool names none, or if the row is older than the column'`,
    `COMMENT ON COLUMN finding_sources.occurrence_count IS 'How many places there are, also beyond those that are kept'`,
    `COMMENT ON COLUMN finding_keys.ambiguous IS 'Has belonged to several findings at once and names none any more'`,
  ]) {
    await knex.raw(statement);
  }
};

/**
 * Drops the columns; findings, decisions and keys stay.
 *
 * @param {import('knex').Knex} knex
 */
exports.down = async function down(knex) {
  for (const statement of [
    'ALTER TABLE finding_sources DROP COLUMN occurrences, DROP COLUMN occurrence_count',
    'ALTER TABLE finding_keys DROP COLUMN ambiguous',
  ]) {
    await knex.raw(statement);
  }
};
