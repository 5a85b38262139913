import { ServiceUnavailableError } from '@backstage/errors';
import {
  createLocalJWKSet,
  createRemoteJWKSet,
  errors,
  jwksCache,
  type ExportedJWKSCache,
  type JWTVerifyGetKey,
} from 'jose';

/** How long keys may be used without a successful fetch. */
const MAX_STALE_MS = 24 * 3_600_000;
/** After a failed fetch, the next one waits, so that uploads do not. */
const RETRY_AFTER_MS = 15_000;

/**
 * The public keys of an issuer. While they cannot be fetched, the last fetched
 * keys are used for up to a day.
 */
export class JwksKeySource {
  readonly #url: URL;
  readonly #now: () => number;
  readonly #remote: JWTVerifyGetKey;
  readonly #onFailure: (error: Error) => void;
  /** jose fills it with each fetched key set. */
  readonly #last: Partial<ExportedJWKSCache> = {};
  #failedAt = -Infinity;

  constructor(options: {
    url: URL;
    /** Called for each failed fetch. */
    onFailure: (error: Error) => void;
    now?: () => number;
  }) {
    this.#url = options.url;
    this.#onFailure = options.onFailure;
    this.#now = options.now ?? (() => Date.now());
    this.#remote = createRemoteJWKSet(options.url, {
      timeoutDuration: 5_000,
      [jwksCache]: this.#last as ExportedJWKSCache,
    });
  }

  /**
   * Resolves to the key that signed a token.
   *
   * @throws `JWKSNoMatchingKey` if the issuer has no such key,
   * `ServiceUnavailableError` if that is unknown
   */
  readonly getKey: JWTVerifyGetKey = async (header, token) => {
    if (this.#now() - this.#failedAt >= RETRY_AFTER_MS) {
      try {
        return await this.#remote(header, token);
      } catch (error) {
        if (isAboutToken(error)) throw error;
        this.#failedAt = this.#now();
        this.#onFailure(error as Error);
      }
    }
    const { jwks, uat = -Infinity } = this.#last;
    if (jwks && this.#now() - uat < MAX_STALE_MS) {
      try {
        return await createLocalJWKSet(jwks)(header, token);
      } catch {
        // The key may be newer than those at hand: not the sender's fault.
      }
    }
    throw new ServiceUnavailableError(
      `The signing keys at ${
        this.#url.host
      } are unavailable, so the token cannot be checked; try again`,
    );
  };
}

function isAboutToken(error: unknown): boolean {
  return (
    error instanceof errors.JWKSNoMatchingKey ||
    error instanceof errors.JWKSMultipleMatchingKeys ||
    error instanceof errors.JOSENotSupported
  );
}
