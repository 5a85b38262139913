import type { Knex } from 'knex';
import { scatter } from '../../database/distribution/scatter';

/** Deletes usage before a day; a few rows per entity. */
export async function deleteOldUsage(knex: Knex, before: Date): Promise<void> {
  await knex.raw(
    `${scatter('every hour, on one replica')}
     DELETE FROM ingest_usage WHERE day < ?::date`,
    [before],
  );
}
