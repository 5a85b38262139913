import type { LoggerService } from '@backstage/backend-plugin-api';
import { NotAllowedError } from '@backstage/errors';
import { decodeJwt, errors, jwtVerify, type JWTPayload } from 'jose';
import { JwksKeySource } from './JwksKeySource';
import { readRef } from './readRef';
import type { CiIdentity, OidcProviderConfig } from './types';

/** Tolerated clock difference between issuer and backend. */
const CLOCK_TOLERANCE_SECONDS = 30;
const WARN_INTERVAL_MS = 600_000;

/** Verifies OIDC tokens of CI runs. */
export class OidcTokenVerifier {
  readonly #logger: LoggerService;
  readonly #issuers: Map<
    string,
    { config: OidcProviderConfig; keys: JwksKeySource }
  >;
  readonly #now: () => number;
  readonly #warned = new Map<string, number>();

  constructor(options: {
    providers: OidcProviderConfig[];
    logger: LoggerService;
    now?: () => number;
  }) {
    this.#logger = options.logger;
    this.#now = options.now ?? (() => Date.now());
    this.#issuers = new Map(
      options.providers.map(config => [
        config.issuer,
        {
          config,
          keys: new JwksKeySource({
            url: config.jwksUri,
            now: options.now,
            onFailure: error =>
              this.#warn(
                `The signing keys of ${config.issuer} could not be fetched from ${config.jwksUri}: ${error.message}`,
              ),
          }),
        },
      ]),
    );
  }

  /**
   * Resolves to the token's claims, or `undefined` if it is not trustworthy.
   *
   * @throws `NotAllowedError` if it is genuine but its run may not upload,
   * `ServiceUnavailableError` if the issuer's keys are unavailable
   */
  async verify(token: string): Promise<CiIdentity | undefined> {
    const issuer = this.#issuers.get(readIssuer(token) ?? '');
    if (!issuer) return undefined;
    const { config, keys } = issuer;
    let claims: JWTPayload;
    try {
      const verified = await jwtVerify(token, keys.getKey, {
        issuer: config.issuer,
        audience: config.audiences,
        algorithms: config.algorithms,
        requiredClaims: ['exp', 'iat', 'sub', config.repositoryClaim],
        clockTolerance: CLOCK_TOLERANCE_SECONDS,
        currentDate: new Date(this.#now()),
      });
      claims = verified.payload;
    } catch (error) {
      if (!(error instanceof errors.JOSEError)) throw error;
      this.#warn(
        `Rejected a CI token of ${config.issuer}: ${error.code}, ${error.message}`,
      );
      return undefined;
    }
    const repository = claims[config.repositoryClaim];
    if (typeof repository !== 'string' || !repository || !claims.sub) {
      this.#warn(
        `Rejected a CI token of ${config.issuer}: its claim '${config.repositoryClaim}' is not a string`,
      );
      return undefined;
    }
    const ref = readRef(claims, config);
    if ('refusal' in ref) throw new NotAllowedError(ref.refusal);
    return {
      config,
      issuer: config.issuer,
      subject: claims.sub,
      repository,
      repositoryId: readRepositoryId(claims),
      ref: ref.name,
    };
  }

  /** Logs the same message at most once in ten minutes. */
  #warn(message: string) {
    const now = this.#now();
    if (now - (this.#warned.get(message) ?? -Infinity) < WARN_INTERVAL_MS) {
      return;
    }
    if (this.#warned.size > 1000) this.#warned.clear();
    this.#warned.set(message, now);
    this.#logger.warn(message);
  }
}

/** The issuer as claimed by the token, to select the keys; not verified. */
function readIssuer(token: string): string | undefined {
  try {
    return decodeJwt(token).iss;
  } catch {
    return undefined;
  }
}

/** GitHub's claim is a number as a string. */
function readRepositoryId(claims: JWTPayload): string | undefined {
  const { repository_id: id } = claims;
  return typeof id === 'string' || typeof id === 'number'
    ? String(id)
    : undefined;
}
