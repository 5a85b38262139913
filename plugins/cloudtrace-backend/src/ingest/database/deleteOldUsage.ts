import { entityCondition } from '../../database/distribution/entityCondition';
import {
  onEachServer,
  type ServerWork,
} from '../../database/distribution/onEachServer';

/** Deletes usage before a day; a few rows per entity. */
export async function deleteOldUsage(
  using: ServerWork,
  before: Date,
): Promise<void> {
  await onEachServer(using, 'delete old usage', async ({ knex, entityIds }) => {
    const condition = entityCondition(entityIds);
    await knex.raw(
      `DELETE FROM ingest_usage WHERE ${condition.sql} AND day < ?::date`,
      [...condition.bindings, before],
    );
  });
}
