import type {
  IngestToken,
  TokenKind,
} from '@cloudtrace/plugin-cloudtrace-common';

/** What a valid ingest token grants. */
export interface VerifiedToken {
  tokenId: string;
  entityRef: string;
  entityId: number;
  environment: string;
}

/** Checks the bearer token of an ingest call before its body is read. */
export interface TokenVerifier {
  /**
   * Resolves to `undefined` for every unusable token: malformed, unknown,
   * expired, revoked, or of another kind; callers respond to all of them with
   * the same 401.
   *
   * @param token - The bearer token, see `readBearerToken`
   * @throws `StoppedTokenError` for a genuine token that stopped for a reason
   * that its holder should learn; any other error if the database is
   * unavailable: respond with 503, so that the sender retries
   */
  verify(
    token: string | undefined,
    kind: TokenKind,
  ): Promise<VerifiedToken | undefined>;
}

/** Manages the ingest tokens of entities. */
export interface TokenService {
  /** Live tokens first, then newest first. */
  listTokens(
    query: { entityRef: string; environment?: string },
    options: TokenCallOptions,
  ): Promise<IngestToken[]>;
  /**
   * Creates a token. Only the response contains the secret.
   *
   * @throws `ConflictError` if the kind has two live tokens in the environment
   */
  createToken(
    request: {
      entityRef: string;
      /** Defaults to the entity's default environment. */
      environment?: string;
      kind: TokenKind;
      name: string;
      expiresInDays?: number;
    },
    options: TokenCallOptions,
  ): Promise<{ token: IngestToken; secret: string }>;
  /**
   * Revokes a token; has no effect if it is already revoked.
   *
   * @throws `NotFoundError` if the entity has no such token
   */
  revokeToken(
    request: { entityRef: string; tokenId: string },
    options: TokenCallOptions,
  ): Promise<void>;
}

/** Who calls. */
export interface TokenCallOptions {
  credentials: import('@backstage/backend-plugin-api').BackstageCredentials;
}
