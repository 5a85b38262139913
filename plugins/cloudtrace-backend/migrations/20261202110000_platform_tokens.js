// @ts-check

/**
 * One token for many services: platform tokens, assignments of services to
 * entities, and services that no entity claims.
 *
 * Purpose: a collector sends the requests of many services with one token.
 * `platform_tokens` has one row per token ever created, as `ingest_tokens`.
 * `service_assignments` maps a `service.name` to an entity where annotations do
 * not. `unknown_services` counts what could not be stored, at most 1,000 names.
 *
 * The tables stay on the coordinator of a distributed database: they are read
 * before an entity is known, are small, and do not need the workers. So a
 * platform token can be revoked while a worker is down.
 *
 * Locks and cost: creates only new, empty tables; safe while an older version
 * runs, which rejects platform tokens with 401.
 *
 * `down` drops all platform tokens and assignments: their senders get 401.
 *
 * @param {import('knex').Knex} knex
 */
exports.up = async function up(knex) {
  await knex.raw(`SET LOCAL citus.multi_shard_modify_mode TO 'sequential'`);
  for (const statement of [
    `CREATE TABLE platform_tokens (
      token_id text PRIMARY KEY,
      name text NOT NULL,
      scope jsonb NOT NULL,
      secret_hash bytea NOT NULL,
      pepper_id text NOT NULL DEFAULT '',
      created_at timestamptz NOT NULL DEFAULT now(),
      created_by text NOT NULL,
      expires_at timestamptz NOT NULL,
      revoked_at timestamptz,
      revoked_by text,
      last_used_at timestamptz
    )`,
    `COMMENT ON TABLE platform_tokens IS 'Tokens that send the requests of many services'`,
    `COMMENT ON COLUMN platform_tokens.scope IS 'Entities that the token may send requests of: {"all": true}, or owners and systems'`,
    `COMMENT ON COLUMN platform_tokens.last_used_at IS 'Written with a delay of up to a minute'`,
    `CREATE TABLE service_assignments (
      service_name text NOT NULL,
      service_namespace text NOT NULL DEFAULT '',
      entity_ref text NOT NULL,
      entity_uid text,
      assigned_at timestamptz NOT NULL DEFAULT now(),
      assigned_by text NOT NULL,
      PRIMARY KEY (service_name, service_namespace)
    )`,
    `COMMENT ON TABLE service_assignments IS 'Entities of services, set by an operator; used before annotations'`,
    `COMMENT ON COLUMN service_assignments.entity_uid IS 'metadata.uid of the entity; the assignment ends if another entity has the name'`,
    `CREATE TABLE unknown_services (
      service_name text NOT NULL,
      service_namespace text NOT NULL DEFAULT '',
      reason text NOT NULL
        CHECK (reason IN ('unknown', 'ambiguous', 'out-of-scope', 'environment')),
      environment text,
      spans int8 NOT NULL,
      first_seen_at timestamptz NOT NULL,
      last_seen_at timestamptz NOT NULL,
      PRIMARY KEY (service_name, service_namespace)
    )`,
    `COMMENT ON TABLE unknown_services IS 'Services whose requests could not be stored; the rest counts as (other)'`,
    `COMMENT ON COLUMN unknown_services.reason IS 'Why, the last time'`,
  ]) {
    await knex.raw(statement);
  }
};

/**
 * Drops the tokens, assignments and counts.
 *
 * @param {import('knex').Knex} knex
 */
exports.down = async function down(knex) {
  await knex.raw(`SET LOCAL citus.multi_shard_modify_mode TO 'sequential'`);
  await knex.raw('DROP TABLE unknown_services');
  await knex.raw('DROP TABLE service_assignments');
  await knex.raw('DROP TABLE platform_tokens');
};
