import type { Knex } from 'knex';

/** Records when tokens were last used; never moves a time back. */
export async function touchTokens(
  knex: Knex,
  uses: ReadonlyMap<string, Date>,
): Promise<void> {
  // Sorted, so that two replicas lock the rows in the same order.
  const sorted = [...uses].sort(([a], [b]) => (a < b ? -1 : 1));
  await knex.raw(
    `UPDATE ingest_tokens t
        SET last_used_at = GREATEST(t.last_used_at, u.used_at)
       FROM unnest(?::text[], ?::timestamptz[]) AS u (token_id, used_at)
      WHERE t.token_id = u.token_id`,
    [sorted.map(([id]) => id), sorted.map(([, at]) => at)],
  );
}
