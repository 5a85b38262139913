// @ts-check

/**
 * Adds what pages about all entities read instead of asking every worker of a
 * distributed database.
 *
 * Purpose: `request_environments` has the environments that requests named, a
 * row each; `finding_counts.next_expiry_at` says when the next accepted risk
 * expires. Both are on the coordinator, as is `finding_counts` from this
 * version on: the step after the migrations moves it there.
 *
 * Locks and cost: reads `instances` and the accepted findings once; updates the
 * entities with accepted risks. An older version that still runs adds names
 * without an environment, which the next compaction adds; and decisions without
 * an expiry, which the next check for expired decisions finds.
 *
 * `down` drops both; what they say is in `instances` and `findings`.
 *
 * @param {import('knex').Knex} knex
 */
exports.up = async function up(knex) {
  await knex.raw(`SET LOCAL citus.multi_shard_modify_mode TO 'sequential'`);
  await knex.raw(`
    CREATE TABLE request_environments (
      entity_id int4 NOT NULL,
      environment text NOT NULL,
      first_seen_at timestamptz NOT NULL,
      PRIMARY KEY (entity_id, environment)
    );
    COMMENT ON TABLE request_environments IS 'Environments with requests; a summary of instances for pages about all entities';
    COMMENT ON COLUMN request_environments.first_seen_at IS 'When the first request of the environment arrived';
  `);
  await knex.raw(`
    INSERT INTO request_environments (entity_id, environment, first_seen_at)
    SELECT entity_id, environment, min(first_seen_at) FROM instances GROUP BY 1, 2
  `);
  await knex.raw(
    'ALTER TABLE finding_counts ADD COLUMN next_expiry_at timestamptz',
  );
  await knex.raw(
    `COMMENT ON COLUMN finding_counts.next_expiry_at IS 'When the next accepted risk expires'`,
  );
  await knex.raw(`
    UPDATE finding_counts c SET next_expiry_at = f.at
      FROM (SELECT entity_id, min(triage_expires_at) AS at
              FROM findings WHERE state = 'accepted' AND triage_state = 'accepted'
             GROUP BY entity_id) f
     WHERE f.entity_id = c.entity_id
  `);
};

/**
 * Drops the table and the column.
 *
 * @param {import('knex').Knex} knex
 */
exports.down = async function down(knex) {
  await knex.raw(`SET LOCAL citus.multi_shard_modify_mode TO 'sequential'`);
  await knex.raw('DROP TABLE request_environments');
  await knex.raw('ALTER TABLE finding_counts DROP COLUMN next_expiry_at');
};
