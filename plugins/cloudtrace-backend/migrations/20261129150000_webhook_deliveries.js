// @ts-check

/**
 * Accepted signed webhooks, to recognise replays.
 *
 * Purpose: a signature stays valid for ever. Anybody who saw a signed webhook
 * could send it again and again. The hash of each accepted body is kept for 30
 * days, on all replicas and across restarts.
 *
 * Locks and cost: creates only a new, empty table; safe while an older version
 * runs. One row for each webhook. In a distributed schema it is a reference
 * table, like `ingest_tokens`: a webhook arrives before any entity is known.
 *
 * `down` drops the table: a replay then causes one more pull.
 *
 * @param {import('knex').Knex} knex
 */
exports.up = async function up(knex) {
  await knex.raw(`SET LOCAL citus.multi_shard_modify_mode TO 'sequential'`);
  await knex.raw(`
    CREATE TABLE webhook_deliveries (
      source text NOT NULL,
      digest bytea NOT NULL,
      received_at timestamptz NOT NULL,
      PRIMARY KEY (source, digest)
    );
    CREATE INDEX webhook_deliveries_received_at ON webhook_deliveries (received_at);
    COMMENT ON TABLE webhook_deliveries IS 'Signed webhooks that were accepted in the last 30 days; a reference table when the schema is distributed';
    COMMENT ON COLUMN webhook_deliveries.source IS 'Who signed it, such as snyk or sonarqube:default';
    COMMENT ON COLUMN webhook_deliveries.digest IS 'SHA-256 of the body';
  `);
};

/**
 * Drops the table.
 *
 * @param {import('knex').Knex} knex
 */
exports.down = async function down(knex) {
  await knex.raw('DROP TABLE IF EXISTS webhook_deliveries');
};
