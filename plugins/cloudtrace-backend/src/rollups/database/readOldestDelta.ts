import type { Knex } from 'knex';
import { findEntityId } from '../../database/entities/findEntityId';
import { queryRows } from '../../database/queryRows';

/** Reads when the oldest requests of an entity that are not compacted yet were stored. */
export async function readOldestDelta(
  knex: Knex,
  entityRef: string,
): Promise<Date | undefined> {
  const entityId = await findEntityId(knex, entityRef);
  if (entityId === undefined) return undefined;
  const [{ at }] = await queryRows<{ at: Date | null }>(
    knex,
    'SELECT min(arrived_at) AS at FROM rollup_deltas WHERE entity_id = ?',
    [entityId],
  );
  return at ?? undefined;
}
