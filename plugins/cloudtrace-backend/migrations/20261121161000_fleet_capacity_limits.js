// @ts-check

/**
 * Limits of groups that are not known.
 *
 * Purpose: a provider that may not read the limits of a group still knows its
 * size; that must not look like a group of a fixed size.
 *
 * Locks and cost: changes the catalog only, no rows. An older version that runs
 * beside this one reads null as a limit of nothing until it is replaced.
 *
 * `down` takes the desired capacity for limits that are not known, as before.
 *
 * @param {import('knex').Knex} knex
 */
exports.up = async function up(knex) {
  await knex.raw(`
    ALTER TABLE fleet_capacity ALTER COLUMN min DROP NOT NULL, ALTER COLUMN max DROP NOT NULL;
    COMMENT ON COLUMN fleet_capacity.min IS 'Null if not known';
    COMMENT ON COLUMN fleet_capacity.max IS 'Null if not known';
  `);
};

/** @param {import('knex').Knex} knex */
exports.down = async function down(knex) {
  await knex.raw(`
    UPDATE fleet_capacity SET min = coalesce(min, desired), max = coalesce(max, desired)
     WHERE min IS NULL OR max IS NULL;
    ALTER TABLE fleet_capacity ALTER COLUMN min SET NOT NULL, ALTER COLUMN max SET NOT NULL;
  `);
};
