import type { Knex } from 'knex';
import { queryRows } from '../../database/queryRows';
import { arrayBinding } from '../../database/arrayBinding';

/** Streams of tools in one category and ref that have not ended. */
export async function findStreams(
  tx: Knex,
  query: {
    entityId: number;
    tools: readonly string[];
    category: string;
    ref: string;
  },
): Promise<Array<{ streamId: string; tool: string }>> {
  const rows = await queryRows<{ streamId: string; tool: string }>(
    tx,
    `SELECT stream_id AS "streamId", tool FROM scan_streams
      WHERE entity_id = ? AND tool = ANY(?::text[]) AND category = ? AND ref = ?
        AND current_scan_id IS NOT NULL
      ORDER BY stream_id`,
    [query.entityId, arrayBinding(query.tools), query.category, query.ref],
  );
  return rows;
}
