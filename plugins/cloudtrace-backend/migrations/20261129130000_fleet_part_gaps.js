// @ts-check

/**
 * Gaps by part of a resource.
 *
 * Purpose: the parts of a resource (targets, capacity, activities and so on)
 * are read by separate calls, and one can fail while the others succeed. A gap
 * names the part that was not read, so that cached settings cannot hide that
 * the targets were not read.
 *
 * Existing gaps are periods in which nothing of the resource was read: each
 * becomes a gap of every part. The time when each part was last read needs no
 * column; it is in `fleet_resources.snapshot`.
 *
 * Locks and cost: rewrites the key of a table with a few rows per outage. An
 * older version that still runs cannot store a report that follows a gap, and
 * logs that, until it is replaced.
 *
 * `down` keeps the gaps of targets and database events, which an older version
 * uses for health and failovers.
 *
 * @param {import('knex').Knex} knex
 */
exports.up = async function up(knex) {
  await knex.raw(`SET LOCAL citus.multi_shard_modify_mode TO 'sequential'`);
  for (const statement of [
    'ALTER TABLE fleet_gaps ADD COLUMN part text',
    'ALTER TABLE fleet_gaps DROP CONSTRAINT fleet_gaps_pkey',
    `INSERT INTO fleet_gaps (resource_id, from_at, to_at, part)
     SELECT resource_id, from_at, to_at, parts.part
       FROM fleet_gaps
      CROSS JOIN unnest(ARRAY[
        'targets', 'health-check', 'capacity', 'limits', 'instances', 'policies',
        'schedules', 'activities', 'alarms', 'database-events', 'metrics'
      ]) AS parts (part)`,
    'DELETE FROM fleet_gaps WHERE part IS NULL',
    `ALTER TABLE fleet_gaps
       ALTER COLUMN part SET NOT NULL,
       ADD PRIMARY KEY (resource_id, part, from_at)`,
    `COMMENT ON TABLE fleet_gaps IS 'Times in which a part of a resource was not read, so that nothing is known of it'`,
    `COMMENT ON COLUMN fleet_gaps.part IS 'What was not read, e.g. targets'`,
  ]) {
    await knex.raw(statement);
  }
};

/** @param {import('knex').Knex} knex */
exports.down = async function down(knex) {
  for (const statement of [
    `DELETE FROM fleet_gaps WHERE part NOT IN ('targets', 'database-events')`,
    `DELETE FROM fleet_gaps gap
      WHERE part = 'targets' AND EXISTS (
        SELECT 1 FROM fleet_gaps other
         WHERE other.resource_id = gap.resource_id AND other.from_at = gap.from_at
           AND other.part = 'database-events'
      )`,
    'ALTER TABLE fleet_gaps DROP CONSTRAINT fleet_gaps_pkey',
    'ALTER TABLE fleet_gaps DROP COLUMN part',
    'ALTER TABLE fleet_gaps ADD PRIMARY KEY (resource_id, from_at)',
    `COMMENT ON TABLE fleet_gaps IS 'Times in which nobody looked at a resource, so that nothing is known of them'`,
  ]) {
    await knex.raw(statement);
  }
};
