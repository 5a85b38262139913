import type { TokenKind } from '@cloudtrace/plugin-cloudtrace-common';
import type { Request, Response } from 'express';

/** Who uploads, and what for. */
export interface UploadSender {
  entityRef: string;
  entityId: number;
  environment: string;
  /** For the record: `token:<id>` or `oidc:<provider>:<repository>`. */
  sentBy: string;
  /** The ref of a CI run, which the sender cannot choose; absent for ingest tokens. */
  ref?: string;
}

/** Checks who sends an upload before its body is read. */
export interface UploadAuthenticator {
  /**
   * Resolves to `undefined` for every token that must not be used; callers
   * answer all of them with the same 401.
   *
   * @throws `InputError`, `NotAllowedError` or `NotFoundError` if the token is
   * genuine but not for this, `ServiceUnavailableError` if it cannot be
   * checked; anything else is worth another try too
   */
  authenticate(
    req: Request,
    res: Response,
    kind: TokenKind,
  ): Promise<UploadSender | undefined>;
}
