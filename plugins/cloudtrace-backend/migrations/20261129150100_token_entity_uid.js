// @ts-check

/**
 * The registration of the entity that a token was made for.
 *
 * Purpose: another team can register an entity under a name that was free
 * again. The uid in the catalog tells the two apart, the name does not.
 *
 * Tokens that were there before have no uid: a migration cannot ask the
 * catalog. Each is bound to the entity that has the name when the token is used
 * for the first time after the update.
 *
 * Locks and cost: two columns without a default, which rewrites nothing; a
 * running older version does not see them.
 *
 * `down` drops them: tokens follow the entity's name again.
 *
 * @param {import('knex').Knex} knex
 */
exports.up = async function up(knex) {
  await knex.raw(`SET LOCAL citus.multi_shard_modify_mode TO 'sequential'`);
  await knex.raw(`
    ALTER TABLE ingest_tokens ADD COLUMN entity_uid text, ADD COLUMN entity_replaced_at timestamptz;
    COMMENT ON COLUMN ingest_tokens.entity_uid IS 'metadata.uid of the entity in the catalog; NULL until the first use of a token that is older than this column';
    COMMENT ON COLUMN ingest_tokens.entity_replaced_at IS 'When a use first found another entity under the name; the token does not work since then';
  `);
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
