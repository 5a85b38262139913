import type { Knex } from 'knex';
import { queryRows } from '../../database/queryRows';
import { entityCondition } from '../../database/distribution/entityCondition';

/** A pulled stream that has not ended. */
export interface SourceStream {
  streamId: string;
  tool: string;
  /** Id at the source, such as that of a project. */
  target: string;
}

/** Lists streams of an entity that a source feeds. */
export async function listSourceStreams(
  knex: Knex,
  query: { entityId: number; source: string },
): Promise<SourceStream[]> {
  const rows = await queryRows<SourceStream>(
    knex,
    `SELECT stream_id AS "streamId", tool, source_target AS target
       FROM scan_streams
      WHERE entity_id = ? AND source = ? AND current_scan_id IS NOT NULL
      ORDER BY stream_id`,
    [query.entityId, query.source],
  );
  return rows;
}

/**
 * Entities for which anything of a source is stored: scans that did not end, or
 * pulls. All entities, or those of a list.
 */
export async function listSourceEntities(
  knex: Knex,
  source: string,
  entityIds?: readonly number[],
): Promise<string[]> {
  const condition = entityCondition(entityIds);
  const rows = await queryRows<{ entityRef: string }>(
    knex,
    `SELECT e.entity_ref AS "entityRef"
       FROM entities e
       JOIN (SELECT entity_id FROM scan_streams
              WHERE ${condition.sql} AND source = ? AND current_scan_id IS NOT NULL
              UNION
             SELECT entity_id FROM scan_pulls
              WHERE ${condition.sql} AND source = ?) s USING (entity_id)
      ORDER BY e.entity_id`,
    [...condition.bindings, source, ...condition.bindings, source],
  );
  return rows.map(({ entityRef }) => entityRef);
}
