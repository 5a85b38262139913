import type { Knex } from 'knex';

/**
 * Records the catalog's uids for the entities of tokens: binds tokens without a
 * uid, and marks those bound to another one.
 */
export async function recordEntityUids(
  knex: Knex,
  uids: ReadonlyMap<string, string>,
  now: Date = new Date(),
): Promise<void> {
  // Sorted, so that two replicas lock the rows in the same order.
  const sorted = [...uids].sort(([a], [b]) => (a < b ? -1 : 1));
  await knex.raw(
    `UPDATE ingest_tokens t
        SET entity_uid = COALESCE(t.entity_uid, c.uid),
            entity_replaced_at =
              CASE WHEN t.entity_uid <> c.uid THEN ?::timestamptz END
       FROM unnest(?::text[], ?::text[]) AS c (token_id, uid)
      WHERE t.token_id = c.token_id
        AND t.entity_replaced_at IS NULL
        AND (t.entity_uid IS NULL OR t.entity_uid <> c.uid)`,
    [now, sorted.map(([id]) => id), sorted.map(([, uid]) => uid)],
  );
}
