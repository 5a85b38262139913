// @ts-check

/**
 * Hourly sums of fleet metrics.
 *
 * Purpose: a chart of a month reads 720 rows for each series instead of 43,200.
 * The hours that a report changes are recalculated in the same transaction.
 *
 * Sizes: a sixtieth of `fleet_metrics`; pruned with it.
 *
 * Locks and cost: reads `fleet_metrics` once to fill the table, about a second
 * for a million points, and blocks no reads. An older version that still runs
 * adds points without their hours: until the next report of the same hour,
 * charts of more than five days lack them.
 *
 * `down` drops the sums, which are only a copy.
 *
 * @param {import('knex').Knex} knex
 */
exports.up = async function up(knex) {
  await knex.raw(`SET LOCAL citus.multi_shard_modify_mode TO 'sequential'`);
  await knex.raw(`
    CREATE TABLE fleet_metric_hours (
      resource_id int4 NOT NULL REFERENCES fleet_resources ON DELETE CASCADE,
      series_key text NOT NULL,
      hour timestamptz NOT NULL,
      points int4 NOT NULL,
      sum float8 NOT NULL,
      min float8 NOT NULL,
      max float8 NOT NULL,
      PRIMARY KEY (resource_id, series_key, hour)
    );
    COMMENT ON TABLE fleet_metric_hours IS 'Points of metric series, summed up by hours of UTC';

    INSERT INTO fleet_metric_hours
    SELECT resource_id, series_key, date_bin('1 hour', at, 'epoch'::timestamptz),
           count(*), sum(value), min(value), max(value)
      FROM fleet_metrics GROUP BY 1, 2, 3;
  `);
};

/** @param {import('knex').Knex} knex */
exports.down = async function down(knex) {
  await knex.raw(`DROP TABLE fleet_metric_hours`);
};
