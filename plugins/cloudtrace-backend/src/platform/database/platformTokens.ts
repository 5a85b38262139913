import type { PlatformScope } from '@cloudtrace/plugin-cloudtrace-common';
import type { Knex } from 'knex';
import { changeRows, queryRows } from '../../database/queryRows';

/** Maximum number of live platform tokens of a portal. */
export const MAX_LIVE_PLATFORM_TOKENS = 100;

/** A row of `platform_tokens`. */
export interface PlatformTokenRow {
  token_id: string;
  name: string;
  scope: PlatformScope;
  secret_hash: Buffer;
  pepper_id: string;
  created_at: Date;
  created_by: string;
  expires_at: Date;
  revoked_at: Date | null;
  revoked_by: string | null;
  last_used_at: Date | null;
}

/** Reads all tokens that are neither revoked nor expired. */
export async function readLivePlatformTokens(
  knex: Knex,
): Promise<PlatformTokenRow[]> {
  return queryRows<PlatformTokenRow>(
    knex,
    `SELECT * FROM platform_tokens
      WHERE revoked_at IS NULL AND expires_at > now() LIMIT 1000`,
  );
}

/** Reads all tokens: live ones first, then newest first; at most 500. */
export async function listPlatformTokens(
  knex: Knex,
): Promise<PlatformTokenRow[]> {
  return queryRows<PlatformTokenRow>(
    knex,
    `SELECT * FROM platform_tokens
      ORDER BY (revoked_at IS NULL AND expires_at > now()) DESC,
               created_at DESC, token_id
      LIMIT 500`,
  );
}

/** Inserts a token; returns `undefined` if there are enough live ones. */
export async function insertPlatformToken(
  knex: Knex,
  token: Pick<
    PlatformTokenRow,
    'token_id' | 'name' | 'scope' | 'secret_hash' | 'pepper_id' | 'created_by'
  > & { expires_in_days: number },
): Promise<PlatformTokenRow | undefined> {
  const rows = await queryRows<PlatformTokenRow>(
    knex,
    `INSERT INTO platform_tokens
       (token_id, name, scope, secret_hash, pepper_id, created_by, expires_at)
     SELECT ?::text, ?::text, ?::jsonb, ?::bytea, ?::text, ?::text,
            now() + make_interval(days => ?)
      WHERE (SELECT count(*) FROM platform_tokens
              WHERE revoked_at IS NULL AND expires_at > now()) < ?
     RETURNING *`,
    [
      token.token_id,
      token.name,
      JSON.stringify(token.scope),
      token.secret_hash,
      token.pepper_id,
      token.created_by,
      token.expires_in_days,
      MAX_LIVE_PLATFORM_TOKENS,
    ],
  );
  return rows[0];
}

/**
 * Revokes a token. Resolves to whether it exists; a second call keeps the first
 * time.
 */
export async function revokePlatformToken(
  knex: Knex,
  request: { tokenId: string; revokedBy: string },
): Promise<boolean> {
  const changed = await changeRows(
    knex,
    `UPDATE platform_tokens
        SET revoked_at = COALESCE(revoked_at, ?),
            revoked_by = COALESCE(revoked_by, ?)
      WHERE token_id = ?`,
    [new Date(), request.revokedBy, request.tokenId],
  );
  return changed > 0;
}

/** What uses of tokens left to write. */
export interface PlatformTokenUse {
  tokenId: string;
  usedAt: Date;
  /** A hash with the current pepper, if the stored one has none. */
  secretHash?: Buffer;
}

/** Records uses; never moves a time back. */
export async function recordPlatformTokenUse(
  knex: Knex,
  use: PlatformTokenUse,
  pepperId: string,
): Promise<void> {
  await knex.raw(
    `UPDATE platform_tokens
        SET last_used_at = GREATEST(last_used_at, ?::timestamptz)
      WHERE token_id = ?`,
    [use.usedAt, use.tokenId],
  );
  if (!use.secretHash) return;
  await knex.raw(
    `UPDATE platform_tokens SET secret_hash = ?, pepper_id = ?
      WHERE token_id = ? AND pepper_id = ''`,
    [use.secretHash, pepperId, use.tokenId],
  );
}
