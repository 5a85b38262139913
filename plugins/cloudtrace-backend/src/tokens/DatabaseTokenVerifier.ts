import type { LoggerService } from '@backstage/backend-plugin-api';
import type { TokenKind } from '@cloudtrace/plugin-cloudtrace-common';
import DataLoader from 'dataloader';
import type { Knex } from 'knex';
import { findTokens } from '../database/operations/tokens/findTokens';
import type { DbIngestTokenRow } from '../database/operations/tokens/rows';
import { touchTokens } from '../database/operations/tokens/touchTokens';
import type { SecretHasher } from './hashSecret';
import { parseToken } from './tokenFormat';
import type { TokenVerifier, VerifiedToken } from './types';

/** How long a looked-up token, or that there is none, is believed. Revocation must work within 30 s. */
const cacheTtlMs = 20_000;
/** Bounds the memory that invented token ids can take. */
const maxCached = 20_000;
/**
 * How long ids gather before they are looked up together: invented tokens that
 * come by the thousand then share a statement, which costs more than all else
 * that is done about one.
 */
const gatherMs = 3;

/**
 * Verifies tokens against the database through a short-lived cache.
 *
 * @remarks
 * An invented token costs little: one that is malformed fails its checksum
 * without a look-up, unknown ids are remembered, and ids that arrive together
 * are looked up in one statement.
 */
export class DatabaseTokenVerifier implements TokenVerifier {
  readonly #hasher: SecretHasher;
  readonly #knex: Knex;
  readonly #logger: LoggerService;
  readonly #now: () => number;
  readonly #cache = new Map<
    string,
    { row: DbIngestTokenRow | undefined; until: number }
  >();
  readonly #loader: DataLoader<string, DbIngestTokenRow | undefined>;
  readonly #warned = new Map<string, number>();
  #uses = new Map<string, Date>();

  constructor(options: {
    knex: Knex;
    hasher: SecretHasher;
    logger: LoggerService;
    now?: () => number;
  }) {
    this.#hasher = options.hasher;
    this.#knex = options.knex;
    this.#logger = options.logger;
    this.#now = options.now ?? Date.now;
    this.#loader = new DataLoader(ids => this.#load(ids), {
      cache: false,
      maxBatchSize: 1000,
      batchScheduleFn: look => setTimeout(look, gatherMs),
    });
  }

  async verify(
    token: string | undefined,
    kind: TokenKind,
  ): Promise<VerifiedToken | undefined> {
    const parts = token === undefined ? undefined : parseToken(token);
    if (!parts) return undefined;

    const row = await this.#find(parts.tokenId);
    if (!row) return undefined;
    const genuine = this.#hasher.matches(row.token_id, parts.secret, {
      hash: row.secret_hash,
      pepperId: row.pepper_id,
    });
    if (!genuine) return undefined;

    const now = this.#now();
    const refusal =
      (row.revoked_at && 'it is revoked') ||
      (row.expires_at.getTime() <= now && 'it has expired') ||
      (row.kind !== kind && `it is for ${row.kind}, not for ${kind}`);
    if (refusal) {
      this.#warn(row, refusal, now);
      return undefined;
    }

    this.#uses.set(row.token_id, new Date(now));
    return {
      tokenId: row.token_id,
      entityRef: row.entity_ref,
      entityId: row.entity_id,
      environment: row.environment,
    };
  }

  /** Forgets a token, so that a revocation works at once on this replica. */
  forget(tokenId: string): void {
    this.#cache.delete(tokenId);
  }

  /** Writes the last uses that were noted since the last call. */
  async flushUses(): Promise<void> {
    const uses = this.#uses;
    if (uses.size === 0) return;
    this.#uses = new Map();
    await touchTokens(this.#knex, uses);
  }

  async #find(tokenId: string): Promise<DbIngestTokenRow | undefined> {
    const cached = this.#cache.get(tokenId);
    if (cached && cached.until > this.#now()) return cached.row;
    // Taken before the query: the answer may be as old as its start.
    const until = this.#now() + cacheTtlMs;
    const row = await this.#loader.load(tokenId);
    this.#cache.delete(tokenId);
    this.#cache.set(tokenId, { row, until });
    if (this.#cache.size > maxCached) {
      this.#cache.delete(this.#cache.keys().next().value as string);
    }
    return row;
  }

  async #load(ids: readonly string[]) {
    const rows = await findTokens(this.#knex, [...new Set(ids)]);
    const byId = new Map(rows.map(row => [row.token_id, row]));
    return ids.map(id => byId.get(id));
  }

  /** Says at most once in ten minutes for each token and reason why a genuine token was refused. */
  #warn(row: DbIngestTokenRow, refusal: string, now: number) {
    const key = `${row.token_id} ${refusal}`;
    if (now - (this.#warned.get(key) ?? -Infinity) < 600_000) return;
    if (this.#warned.size > 1000) this.#warned.clear();
    this.#warned.set(key, now);
    this.#logger.warn(
      `Refused the ingest token '${row.name}' (${row.token_id}) of ${row.entity_ref}: ${refusal}`,
    );
  }
}
