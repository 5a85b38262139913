import type { Knex } from 'knex';
import type { DbIngestTokenRow } from './rows';

/** Reads tokens by their ids; skips unknown ids. */
export async function findTokens(
  knex: Knex,
  tokenIds: readonly string[],
): Promise<DbIngestTokenRow[]> {
  const { rows } = await knex.raw(
    'SELECT * FROM ingest_tokens WHERE token_id = ANY(?::text[])',
    [[...tokenIds]],
  );
  return rows;
}
