import type { Knex } from 'knex';
import { queryRows } from '../../database/queryRows';
import type { DbIngestTokenRow } from './rows';

/** Maximum number of live tokens per kind and environment: one in use, one for rotation. */
export const MAX_LIVE_TOKENS = 2;

/**
 * Inserts a token unless the entity has enough live ones of its kind and
 * environment.
 *
 * @remarks The advisory lock keeps the limit when two replicas create tokens
 * concurrently.
 *
 * @returns The row, or `undefined` if there are enough.
 */
export async function insertToken(
  knex: Knex,
  token: Omit<
    DbIngestTokenRow,
    | 'created_at'
    | 'expires_at'
    | 'revoked_at'
    | 'revoked_by'
    | 'last_used_at'
    | 'entity_replaced_at'
  > & { expires_in_days: number },
  /** Whether a token that is neither revoked nor expired counts. */
  isLive: (row: DbIngestTokenRow) => boolean,
): Promise<DbIngestTokenRow | undefined> {
  return knex.transaction(async tx => {
    await tx.raw('SELECT pg_advisory_xact_lock(hashtext(?), hashtext(?))', [
      'cloudtrace-tokens',
      `${token.entity_ref} ${token.environment} ${token.kind}`,
    ]);
    const candidates = await queryRows<DbIngestTokenRow>(
      tx,
      `SELECT * FROM ingest_tokens
        WHERE entity_ref = ? AND environment = ? AND kind = ?
          AND revoked_at IS NULL AND expires_at > now()`,
      [token.entity_ref, token.environment, token.kind],
    );
    if (candidates.filter(isLive).length >= MAX_LIVE_TOKENS) return undefined;
    const rows = await queryRows<DbIngestTokenRow>(
      tx,
      `INSERT INTO ingest_tokens
         (token_id, entity_id, entity_ref, environment, kind, name,
          secret_hash, pepper_id, created_by, entity_uid, expires_at)
       VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, now() + make_interval(days => ?))
       RETURNING *`,
      [
        token.token_id,
        token.entity_id,
        token.entity_ref,
        token.environment,
        token.kind,
        token.name,
        token.secret_hash,
        token.pepper_id,
        token.created_by,
        token.entity_uid,
        token.expires_in_days,
      ],
    );
    return rows[0];
  });
}
