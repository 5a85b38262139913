import type { LoggerService } from '@backstage/backend-plugin-api';
import type { Knex } from 'knex';
import { singleFlight } from '../../periodic/singleFlight';
import type { SecretHasher } from '../../tokens/hashSecret';
import { parseToken } from '../../tokens/tokenFormat';
import {
  readLivePlatformTokens,
  recordPlatformTokenUse,
  type PlatformTokenRow,
  type PlatformTokenUse,
} from '../database/platformTokens';
import { Refreshed } from '../names/Refreshed';
import type { PlatformSender, PlatformTokenVerifier } from '../types';

/** Revocation must work within 30 seconds on every replica. */
const FRESH_MS = 15_000;
const MAX_MS = 25_000;

/**
 * Verifies platform tokens. There are few, so all live ones are in memory, and
 * an invented token costs no query.
 */
export class PlatformTokens implements PlatformTokenVerifier {
  readonly #writes: Knex;
  readonly #hasher: SecretHasher;
  readonly #logger: LoggerService;
  readonly #now: () => number;
  readonly #rows: Refreshed<Map<string, PlatformTokenRow>>;
  #uses = new Map<string, PlatformTokenUse>();

  constructor(options: {
    /** Looks up tokens; not slowed down by queries of pages. */
    lookups: Knex;
    /** Records their use. */
    knex: Knex;
    hasher: SecretHasher;
    logger: LoggerService;
    now?: () => number;
  }) {
    this.#writes = options.knex;
    this.#hasher = options.hasher;
    this.#logger = options.logger;
    this.#now = options.now ?? Date.now;
    this.#rows = new Refreshed({
      ...options,
      read: async () =>
        new Map(
          (await readLivePlatformTokens(options.lookups)).map(row => [
            row.token_id,
            row,
          ]),
        ),
      freshMs: FRESH_MS,
      maxMs: MAX_MS,
      keepsLast: false,
      what: 'platform tokens',
    });
  }

  async verify(token: string | undefined): Promise<PlatformSender | undefined> {
    const parts = token === undefined ? undefined : parseToken(token);
    if (!parts) return undefined;
    const rows = this.#rows.current ?? (await this.#rows.get());
    const row = rows.get(parts.tokenId);
    if (!row) return undefined;
    const now = this.#now();
    const genuine =
      row.expires_at.getTime() > now &&
      this.#hasher.accepts(row.pepper_id, now) &&
      this.#hasher.matches(row.token_id, parts.secret, {
        hash: row.secret_hash,
        pepperId: row.pepper_id,
      });
    if (!genuine) return undefined;
    this.#noteUse(row, parts.secret);
    return { tokenId: row.token_id, scope: row.scope };
  }

  /** Tokens changed on this replica. */
  forget(): void {
    this.#rows.forget();
  }

  /** Writes when tokens were last used; never throws. */
  readonly flush = singleFlight(() => this.#flush());

  async #flush(): Promise<void> {
    const uses = [...this.#uses.values()];
    this.#uses = new Map();
    try {
      for (const use of uses) {
        await recordPlatformTokenUse(this.#writes, use, this.#hasher.pepperId);
      }
    } catch (error) {
      this.#logger.warn(
        'Could not record the last use of platform tokens',
        error as Error,
      );
    }
  }

  #noteUse(row: PlatformTokenRow, secret: string): void {
    const earlier = this.#uses.get(row.token_id);
    let secretHash = earlier?.secretHash;
    if (row.pepper_id !== this.#hasher.pepperId) {
      // The hash can be computed only with the secret at hand.
      secretHash = this.#hasher.hash(row.token_id, secret);
      row.secret_hash = secretHash;
      row.pepper_id = this.#hasher.pepperId;
    }
    this.#uses.set(row.token_id, {
      tokenId: row.token_id,
      usedAt: new Date(this.#now()),
      secretHash,
    });
  }
}
