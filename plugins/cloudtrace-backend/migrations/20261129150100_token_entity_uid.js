// @ts-check

/**
 * The registration of the entity that a token was created for.
 *
 * Purpose: another team can register an entity under a name that became free.
 * The uid in the catalog distinguishes the two, the name does not.
 *
 * Existing tokens have no uid, because a migration cannot query the catalog.
 * Each is bound to the entity that has the name when the token is first used
 * after the update.
 *
 * Locks and cost: adds two columns without a default, which rewrites nothing;
 * an older version ignores them.
 *
 * `down` drops them: tokens follow the entity's name again.
 *
 * @param {import('knex').Knex} knex
 */
exports.up = async function up(knex) {
  await knex.raw(`SET LOCAL citus.multi_shard_modify_mode TO 'sequential'`);
  for (const statement of [
    'ALTER TABLE ingest_tokens ADD COLUMN entity_uid text, ADD COLUMN entity_replaced_at timestamptz',
    `COMMENT ON COLUMN ingest_tokens.entity_uid IS 'metadata.uid of the entity in the catalog; NULL until the first use of a token that is older than this column'`,
    `COMMENT ON COLUMN ingest_tokens.entity_replaced_at IS 'When a use first found another entity under the name; the token does not work since then'`,
  ]) {
    await knex.raw(statement);
  }
};

/**
 * Drops the columns; tokens stay.
 *
 * @param {import('knex').Knex} knex
 */
exports.down = async function down(knex) {
  await knex.raw(
    'ALTER TABLE ingest_tokens DROP COLUMN entity_uid, DROP COLUMN entity_replaced_at',
  );
};
