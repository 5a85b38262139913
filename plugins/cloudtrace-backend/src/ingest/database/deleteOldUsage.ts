import type { Knex } from 'knex';

/** Deletes usage before a day; a few rows per entity. */
export async function deleteOldUsage(knex: Knex, before: Date): Promise<void> {
  await knex.raw('DELETE FROM ingest_usage WHERE day < ?::date', [before]);
}
