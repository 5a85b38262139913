// @ts-check

/**
 * What kind of work an instance does: requests or messages.
 *
 * Purpose: a load balancer spreads requests, a broker spreads messages. Whether
 * the load is even can be judged only within one kind. With the kind in the key
 * of the dictionary, rollups are separate without any change to them.
 *
 * Existing rows have an empty kind, because their rollups may contain both.
 * Each instance gets a row with a kind when it next sends spans. Rollups of the
 * old row stay as they are.
 *
 * Sizes: one row more per instance that existed before or does both.
 *
 * Locks and cost: ACCESS EXCLUSIVE on `instances` while one unique index is
 * built, one row per instance. An older version that still runs keeps working:
 * its new rows have an empty kind, and for an instance that does both it counts
 * everything on one of its rows until it is replaced.
 *
 * `down` drops the column. Of several rows of an instance the oldest keeps the
 * name; the kind is added to the name of the others, so no request is lost.
 *
 * @param {import('knex').Knex} knex
 */
exports.up = async function up(knex) {
  await knex.raw(`SET LOCAL citus.multi_shard_modify_mode TO 'sequential'`);
  for (const statement of [
    `ALTER TABLE instances ADD COLUMN kind text NOT NULL DEFAULT ''`,
    `COMMENT ON COLUMN instances.kind IS 'server: requests. consumer: messages. Empty: recorded by a version that did not separate them'`,
    `ALTER TABLE instances ADD CONSTRAINT instances_name_key
       UNIQUE (entity_id, environment, instance_key, zone, kind)`,
    'ALTER TABLE instances DROP CONSTRAINT instances_entity_id_environment_instance_key_zone_key',
    `COMMENT ON TABLE instances IS 'What handled requests: one row per instance, zone and kind of work'`,
  ]) {
    await knex.raw(statement);
  }
};

/** @param {import('knex').Knex} knex */
exports.down = async function down(knex) {
  await knex.raw(`SET LOCAL citus.multi_shard_modify_mode TO 'sequential'`);
  await knex.raw(`
    UPDATE instances i
       SET instance_key = i.instance_key || ' (' || COALESCE(NULLIF(i.kind, ''), 'unknown') || ')'
     WHERE EXISTS (
       SELECT 1 FROM instances o
        WHERE o.entity_id = i.entity_id AND o.environment = i.environment
          AND o.instance_key = i.instance_key AND o.zone = i.zone
          AND o.instance_id < i.instance_id)
  `);
  for (const statement of [
    `ALTER TABLE instances ADD CONSTRAINT instances_entity_id_environment_instance_key_zone_key
       UNIQUE (entity_id, environment, instance_key, zone)`,
    'ALTER TABLE instances DROP CONSTRAINT instances_name_key',
    'ALTER TABLE instances DROP COLUMN kind',
    `COMMENT ON TABLE instances IS 'What handled requests: one row per instance and zone'`,
  ]) {
    await knex.raw(statement);
  }
};
