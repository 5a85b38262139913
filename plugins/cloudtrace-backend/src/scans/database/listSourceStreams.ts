import type { Knex } from 'knex';
import { queryRows } from '../../database/queryRows';
import { scatter } from '../../database/distribution/scatter';

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

/** Entities for which anything of a source is stored: scans that did not end, or pulls. */
export async function listSourceEntities(
  knex: Knex,
  source: string,
): Promise<string[]> {
  const rows = await queryRows<{ entityRef: string }>(
    knex,
    `${scatter('before each pull of a scan source')}
     SELECT e.entity_ref AS "entityRef"
       FROM entities e
       JOIN (SELECT entity_id FROM scan_streams
              WHERE source = ? AND current_scan_id IS NOT NULL
              UNION
             SELECT entity_id FROM scan_pulls WHERE source = ?) s USING (entity_id)
      ORDER BY e.entity_id`,
    [source, source],
  );
  return rows.map(({ entityRef }) => entityRef);
}
