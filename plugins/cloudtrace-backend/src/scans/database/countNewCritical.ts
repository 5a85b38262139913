import type { Knex } from 'knex';
import { queryRows } from '../../database/queryRows';
import { findEntityId } from '../../database/entities/findEntityId';
import { findingConditions } from './findingConditions';

/**
 * Counts open critical findings that the newest scan of a tool, category and
 * ref added or reopened.
 */
export async function countNewCritical(
  knex: Knex,
  entityRef: string,
): Promise<number> {
  const entityId = await findEntityId(knex, entityRef);
  if (entityId === undefined) return 0;
  const { sql, bindings } = findingConditions({
    entityId,
    states: ['open'],
    severities: ['critical'],
    isNew: true,
  });
  const rows = await queryRows<{ count: number }>(
    knex,
    `SELECT count(*)::int AS count FROM findings WHERE ${sql}`,
    bindings,
  );
  return rows[0].count;
}
