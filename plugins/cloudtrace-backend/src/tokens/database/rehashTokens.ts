import type { Knex } from 'knex';

/** Replaces hashes that were created without a pepper. */
export async function rehashTokens(
  knex: Knex,
  pepperId: string,
  hashes: ReadonlyMap<string, Buffer>,
): Promise<void> {
  const sorted = [...hashes].sort(([a], [b]) => (a < b ? -1 : 1));
  await knex.raw(
    `UPDATE ingest_tokens t
        SET secret_hash = h.secret_hash, pepper_id = ?
       FROM unnest(?::text[], ?::bytea[]) AS h (token_id, secret_hash)
      WHERE t.token_id = h.token_id AND t.pepper_id = ''`,
    [pepperId, sorted.map(([id]) => id), sorted.map(([, hash]) => hash)],
  );
}
