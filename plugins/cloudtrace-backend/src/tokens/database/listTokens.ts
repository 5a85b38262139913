import type { Knex } from 'knex';
import { queryRows } from '../../database/queryRows';
import type { DbIngestTokenRow } from './rows';

/** Reads the tokens of an entity: live ones first, then newest first; at most 500. */
export async function listTokens(
  knex: Knex,
  query: { entityRef: string; environment?: string },
): Promise<DbIngestTokenRow[]> {
  const rows = await queryRows<DbIngestTokenRow>(
    knex,
    `SELECT * FROM ingest_tokens
      WHERE entity_ref = ? AND (?::text IS NULL OR environment = ?)
      ORDER BY (revoked_at IS NULL AND expires_at > now()) DESC,
               created_at DESC, token_id
      LIMIT 500`,
    [query.entityRef, query.environment ?? null, query.environment ?? null],
  );
  return rows;
}
