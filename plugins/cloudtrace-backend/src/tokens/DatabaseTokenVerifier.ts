import type { LoggerService } from '@backstage/backend-plugin-api';
import type { TokenKind } from '@cloudtrace/plugin-cloudtrace-common';
import DataLoader from 'dataloader';
import type { Knex } from 'knex';
import { findTokens } from './database/findTokens';
import type { DbIngestTokenRow } from './database/rows';
import { recordEntityUids } from './database/recordEntityUids';
import { rehashTokens } from './database/rehashTokens';
import { touchTokens } from './database/touchTokens';
import { withStatementTimeout } from '../database/withStatementTimeout';
import { singleFlight } from '../periodic/singleFlight';
import type { EntityUids } from './CatalogEntityUids';
import type { SecretHasher } from './hashSecret';
import { StoppedTokenError } from './StoppedTokenError';
import { parseToken } from './tokenFormat';
import type { TokenRules, TokenStatus } from './TokenRules';
import type { TokenVerifier, VerifiedToken } from './types';

/** How long a lookup result, positive or negative, is cached. Revocation must work within 30 s. */
const CACHE_TTL_MS = 20_000;
/** Limits the memory that invented token ids can use. */
const MAX_CACHED = 20_000;
/**
 * How long ids gather before they are looked up together: thousands of invented
 * tokens then share a statement, which costs more than all other work per
 * token.
 */
const GATHER_MS = 3;
/** How long to wait when uses are recorded; the next time is half a minute later. */
const WRITE_TIMEOUT_MS = 10_000;

/**
 * Verifies tokens against the database with a short-lived cache.
 *
 * @remarks An invented token costs little: a malformed one fails its checksum
 * without a lookup, unknown ids are cached, and ids that arrive together are
 * looked up in one statement.
 */
export class DatabaseTokenVerifier implements TokenVerifier {
  readonly #hasher: SecretHasher;
  readonly #knex: Knex;
  readonly #logger: LoggerService;
  readonly #now: () => number;
  readonly #rules: TokenRules;
  readonly #uids: EntityUids | undefined;
  readonly #cache = new Map<
    string,
    { found: FoundToken | undefined; until: number }
  >();
  readonly #loader: DataLoader<string, FoundToken | undefined>;
  readonly #warned = new Map<string, number>();
  #notes = new UseNotes();

  constructor(options: {
    knex: Knex;
    hasher: SecretHasher;
    logger: LoggerService;
    rules: TokenRules;
    /** Absent without a catalog; tokens then follow the entity's name. */
    uids?: EntityUids;
    now?: () => number;
  }) {
    this.#rules = options.rules;
    this.#uids = options.uids;
    this.#hasher = options.hasher;
    this.#knex = options.knex;
    this.#logger = options.logger;
    this.#now = options.now ?? Date.now;
    this.#loader = new DataLoader(ids => this.#load(ids), {
      cache: false,
      maxBatchSize: 1000,
      batchScheduleFn: look => setTimeout(look, GATHER_MS),
    });
  }

  async verify(
    token: string | undefined,
    kind: TokenKind,
  ): Promise<VerifiedToken | undefined> {
    const parts = token === undefined ? undefined : parseToken(token);
    if (!parts) return undefined;

    const found = await this.#find(parts.tokenId);
    if (!found) return undefined;
    const { row, entityUid } = found;
    const genuine = this.#hasher.matches(row.token_id, parts.secret, {
      hash: row.secret_hash,
      pepperId: row.pepper_id,
    });
    if (!genuine) return undefined;

    this.#noteEntity(found);
    const status = this.#rules.statusOf(row, entityUid);
    if (status !== 'live' || row.kind !== kind) {
      this.#refuse(row, status, kind);
      return undefined;
    }
    this.#noteUse(row, parts.secret);
    return {
      tokenId: row.token_id,
      entityRef: row.entity_ref,
      entityId: row.entity_id,
      environment: row.environment,
    };
  }

  /** Forgets a token, so that a revocation takes effect immediately on this replica. */
  forget(tokenId: string): void {
    this.#cache.delete(tokenId);
  }

  /** Writes what was recorded about tokens since the last call. */
  readonly flushUses = singleFlight(() => this.#flushUses());

  async #flushUses(): Promise<void> {
    const notes = this.#notes;
    this.#notes = new UseNotes();
    try {
      await this.#write(notes);
    } catch (error) {
      this.#notes.addEarlier(notes);
      throw error;
    }
  }

  async #write({ uses, entityUids, hashes }: UseNotes): Promise<void> {
    if (uses.size > 0) {
      await this.#briefly(tx => touchTokens(tx, uses));
    }
    if (entityUids.size > 0) {
      await this.#briefly(tx => recordEntityUids(tx, entityUids));
    }
    if (hashes.size > 0) {
      await this.#briefly(tx =>
        rehashTokens(tx, this.#hasher.pepperId, hashes),
      );
    }
  }

  #briefly(write: (tx: Knex) => Promise<void>): Promise<void> {
    return withStatementTimeout(this.#knex, WRITE_TIMEOUT_MS, write);
  }

  #noteUse(row: DbIngestTokenRow, secret: string) {
    this.#notes.uses.set(row.token_id, new Date(this.#now()));
    if (row.pepper_id === this.#hasher.pepperId) return;
    // The hash can be recomputed only with the secret at hand.
    row.secret_hash = this.#hasher.hash(row.token_id, secret);
    row.pepper_id = this.#hasher.pepperId;
    this.#notes.hashes.set(row.token_id, row.secret_hash);
  }

  #noteEntity({ row, entityUid }: FoundToken) {
    if (!entityUid || row.entity_uid === entityUid) return;
    if (row.entity_replaced_at) return;
    this.#notes.entityUids.set(row.token_id, entityUid);
    row.entity_uid ??= entityUid;
  }

  async #find(tokenId: string): Promise<FoundToken | undefined> {
    const cached = this.#cache.get(tokenId);
    if (cached && cached.until > this.#now()) return cached.found;
    // Set before the query: the result may be as old as its start.
    const until = this.#now() + CACHE_TTL_MS;
    const found = await this.#loader.load(tokenId);
    this.#cache.delete(tokenId);
    this.#cache.set(tokenId, { found, until });
    if (this.#cache.size > MAX_CACHED) {
      this.#cache.delete(this.#cache.keys().next().value as string);
    }
    return found;
  }

  async #load(ids: readonly string[]) {
    const rows = await findTokens(this.#knex, [...new Set(ids)]);
    const refs = [...new Set(rows.map(row => row.entity_ref))];
    const uids = refs.length > 0 ? await this.#uids?.read(refs) : undefined;
    const byId = new Map(
      rows.map(row => [
        row.token_id,
        { row, entityUid: uids?.get(row.entity_ref) },
      ]),
    );
    return ids.map(id => byId.get(id));
  }

  /** @throws `StoppedTokenError` if the holder of the token should learn the reason */
  #refuse(row: DbIngestTokenRow, status: TokenStatus, kind: TokenKind) {
    const stopped = stopReasons[status]?.(row.entity_ref);
    const reason =
      status === 'live'
        ? `it is for ${row.kind}, not for ${kind}`
        : stopped ?? `it is ${status}`;
    this.#warn(row, reason);
    if (stopped) throw new StoppedTokenError(stopped);
  }

  /**
   * Logs at most once in ten minutes for each token and reason why a genuine
   * token was rejected.
   */
  #warn(row: DbIngestTokenRow, reason: string) {
    const now = this.#now();
    const key = `${row.token_id} ${reason}`;
    if (now - (this.#warned.get(key) ?? -Infinity) < 600_000) return;
    if (this.#warned.size > 1000) this.#warned.clear();
    this.#warned.set(key, now);
    this.#logger.warn(
      `Rejected the ingest token '${row.name}' (${row.token_id}) of ${row.entity_ref}: ${reason}`,
    );
  }
}

/** Why a token stopped although nobody revoked it; its holder is notified. */
const stopReasons: Partial<Record<TokenStatus, (entityRef: string) => string>> =
  {
    'entity-replaced': entityRef =>
      `The entity ${entityRef} was registered again after this ingest token was created; create a new token on its CloudTrace tab`,
    unpeppered: entityRef =>
      `This ingest token was created before this portal had a pepper, and no longer works; create a new token on the CloudTrace tab of ${entityRef}`,
  };

/** A row, with the current uid of its entity in the catalog. */
interface FoundToken {
  row: DbIngestTokenRow;
  entityUid: string | undefined;
}

/** Results of token uses, by token id, until they are written. */
class UseNotes {
  readonly uses = new Map<string, Date>();
  readonly entityUids = new Map<string, string>();
  readonly hashes = new Map<string, Buffer>();

  /** Adds what could not be written. */
  addEarlier(earlier: UseNotes): void {
    addMissing(this.uses, earlier.uses);
    addMissing(this.entityUids, earlier.entityUids);
    addMissing(this.hashes, earlier.hashes);
  }
}

function addMissing<T>(to: Map<string, T>, from: ReadonlyMap<string, T>): void {
  from.forEach((value, key) => {
    if (!to.has(key)) to.set(key, value);
  });
}
