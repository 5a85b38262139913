import type { Knex } from 'knex';
import { queryRows } from '../../database/queryRows';
import type { DbIngestTokenRow } from './rows';

/** Reads tokens by their ids; skips unknown ids. */
export async function findTokens(
  knex: Knex,
  tokenIds: readonly string[],
): Promise<DbIngestTokenRow[]> {
  const rows = await queryRows<DbIngestTokenRow>(
    knex,
    'SELECT * FROM ingest_tokens WHERE token_id = ANY(?::text[])',
    [[...tokenIds]],
  );
  return rows;
}
