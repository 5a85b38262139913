import type { Knex } from 'knex';

/** A stream that is pulled and has not ended. */
export interface SourceStream {
  streamId: string;
  tool: string;
  /** Id at the source, such as that of a project. */
  target: string;
}

/** Streams of an entity that a source feeds. */
export async function listSourceStreams(
  knex: Knex,
  query: { entityId: number; source: string },
): Promise<SourceStream[]> {
  const { rows } = await knex.raw(
    `SELECT stream_id AS "streamId", tool, source_target AS target
       FROM scan_streams
      WHERE entity_id = ? AND source = ? AND current_scan_id IS NOT NULL
      ORDER BY stream_id`,
    [query.entityId, query.source],
  );
  return rows;
}

/** Entities that a source has fed and that still have streams of it. */
export async function listSourceEntities(
  knex: Knex,
  source: string,
): Promise<Array<{ entityId: number; entityRef: string }>> {
  const { rows } = await knex.raw(
    `SELECT DISTINCT s.entity_id AS "entityId", e.entity_ref AS "entityRef"
       FROM scan_streams s JOIN entities e USING (entity_id)
      WHERE s.source = ? AND s.current_scan_id IS NOT NULL
      ORDER BY s.entity_id`,
    [source],
  );
  return rows;
}
