import { ServiceUnavailableError } from '@backstage/errors';
import {
  createLocalJWKSet,
  createRemoteJWKSet,
  errors,
  jwksCache,
  type ExportedJWKSCache,
  type JWTVerifyGetKey,
} from 'jose';

/** How long keys may be used without having been fetched again. */
const MAX_STALE_MS = 24 * 3_600_000;
/** After a fetch that failed the next one waits, so that uploads do not. */
const RETRY_AFTER_MS = 15_000;

/**
 * The public keys of an issuer. While they cannot be fetched, the last ones
 * that could be serve for up to a day.
 */
export class JwksKeySource {
  readonly #url: URL;
  readonly #now: () => number;
  readonly #remote: JWTVerifyGetKey;
  readonly #onFailure: (error: Error) => void;
  /** Filled by jose with each key set that was fetched. */
  readonly #last: Partial<ExportedJWKSCache> = {};
  #failedAt = -Infinity;

  constructor(options: {
    url: URL;
    /** Told of each fetch that fails. */
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
   * @throws `JWKSNoMatchingKey` if the issuer has no such key, `ServiceUnavailableError` if that cannot be found out
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
      } cannot be fetched right now, so the token cannot be checked; send it again`,
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
