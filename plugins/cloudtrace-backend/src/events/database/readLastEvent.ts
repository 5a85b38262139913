import type { Knex } from 'knex';
import { queryRows } from '../../database/queryRows';

/** Reads when an event of an environment was last reported. */
export async function readLastEvent(
  knex: Knex,
  scope: { entityRef: string; environment: string },
): Promise<Date | undefined> {
  const rows = await queryRows<{ at: Date | null }>(
    knex,
    'SELECT max(received_at) AS at FROM reported_events WHERE entity_ref = ? AND environment = ?',
    [scope.entityRef, scope.environment],
  );
  return rows[0].at ?? undefined;
}
