// @ts-check

/**
 * Ingest tokens: who may send requests, scans and events for which entity.
 *
 * Purpose: `ingest_tokens` has one row per token ever created, with a keyed
 * hash instead of the secret. Rows stay after expiry and revocation, so that
 * the list in the portal matches the audit trail. A few rows per entity.
 *
 * Locks and cost: creates only a new, empty table; safe while an older version
 * runs.
 *
 * `down` drops all tokens: senders get 401 until they have new ones.
 *
 * @param {import('knex').Knex} knex
 */
exports.up = async function up(knex) {
  await knex.raw(`SET LOCAL citus.multi_shard_modify_mode TO 'sequential'`);
  await knex.raw(`
    CREATE TABLE ingest_tokens (
      token_id text PRIMARY KEY,
      entity_id int4 NOT NULL,
      entity_ref text NOT NULL,
      environment text NOT NULL,
      kind text NOT NULL CHECK (kind IN ('requests', 'scans', 'events')),
      name text NOT NULL,
      secret_hash bytea NOT NULL,
      pepper_id text NOT NULL DEFAULT '',
      created_at timestamptz NOT NULL DEFAULT now(),
      created_by text NOT NULL,
      expires_at timestamptz NOT NULL,
      revoked_at timestamptz,
      revoked_by text,
      last_used_at timestamptz
    );
    CREATE INDEX ingest_tokens_entity ON ingest_tokens (entity_ref, environment, kind);
    COMMENT ON TABLE ingest_tokens IS 'Ingest tokens of entities; a reference table when the schema is distributed';
    COMMENT ON COLUMN ingest_tokens.token_id IS 'The public part of the token, between ctk_ and the secret';
    COMMENT ON COLUMN ingest_tokens.secret_hash IS 'HMAC-SHA256 of token id and secret, keyed with the pepper from the config';
    COMMENT ON COLUMN ingest_tokens.pepper_id IS 'Names the pepper that keyed the hash; empty if there was none';
    COMMENT ON COLUMN ingest_tokens.last_used_at IS 'Written with a delay of up to a minute';
  `);
};

/**
 * Drops the tokens.
 *
 * @param {import('knex').Knex} knex
 */
exports.down = async function down(knex) {
  await knex.raw('DROP TABLE IF EXISTS ingest_tokens');
};
