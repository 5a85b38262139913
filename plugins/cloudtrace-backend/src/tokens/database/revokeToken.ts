import type { Knex } from 'knex';
import { changeRows } from '../../database/queryRows';

/**
 * Revokes a token of an entity. Resolves to whether the entity has such a
 * token; a second call keeps the first time.
 */
export async function revokeToken(
  knex: Knex,
  request: { entityRef: string; tokenId: string; revokedBy: string },
): Promise<boolean> {
  const rowCount = await changeRows(
    knex,
    `UPDATE ingest_tokens
        SET revoked_at = COALESCE(revoked_at, ?),
            revoked_by = COALESCE(revoked_by, ?)
      WHERE token_id = ? AND entity_ref = ?`,
    [new Date(), request.revokedBy, request.tokenId, request.entityRef],
  );
  return rowCount > 0;
}
