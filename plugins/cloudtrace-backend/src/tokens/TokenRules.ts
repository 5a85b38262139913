import type { IngestToken } from '@cloudtrace/plugin-cloudtrace-common';
import type { DbIngestTokenRow } from './database/rows';
import type { SecretHasher } from './hashSecret';

/** Whether a token works, and if not, why. */
export type TokenStatus = IngestToken['status'];

/**
 * Decides whether a token works. Ingest, the list of tokens, the limit of live
 * tokens and Diagnostics all use it, so that they agree.
 */
export class TokenRules {
  readonly #hasher: Pick<SecretHasher, 'accepts' | 'pepperId'>;
  readonly #now: () => number;

  constructor(options: {
    hasher: Pick<SecretHasher, 'accepts' | 'pepperId'>;
    now?: () => number;
  }) {
    this.#hasher = options.hasher;
    this.#now = options.now ?? Date.now;
  }

  /**
   * The status of a token.
   *
   * @param entityUid - The entity's current uid in the catalog; absent if
   * unknown
   */
  statusOf(row: DbIngestTokenRow, entityUid: string | undefined): TokenStatus {
    const now = this.#now();
    if (row.revoked_at) return 'revoked';
    if (row.expires_at.getTime() <= now) return 'expired';
    if (isReplaced(row, entityUid)) return 'entity-replaced';
    return this.#hasher.accepts(row.pepper_id, now) ? 'live' : 'unpeppered';
  }

  /** Whether the hash was created without the current pepper. */
  lacksPepper(row: DbIngestTokenRow): boolean {
    return row.pepper_id === '' && this.#hasher.pepperId !== '';
  }
}

function isReplaced(row: DbIngestTokenRow, entityUid: string | undefined) {
  if (row.entity_replaced_at) return true;
  return (
    row.entity_uid !== null &&
    entityUid !== undefined &&
    row.entity_uid !== entityUid
  );
}
