import type { TokenKind } from '@cloudtrace/plugin-cloudtrace-common';
import type { Request, Response } from 'express';

/** The sender of an upload and its target. */
export interface UploadSender {
  entityRef: string;
  entityId: number;
  environment: string;
  /** For the record: `token:<id>` or `oidc:<provider>:<repository>`. */
  sentBy: string;
  /** The ref of a CI run, which the sender cannot choose; absent for ingest tokens. */
  ref?: string;
}

/** Authenticates an upload before its body is read. */
export interface UploadAuthenticator {
  /**
   * Resolves to `undefined` for every unusable token; callers respond to all of
   * them with the same 401.
   *
   * @throws `InputError`, `NotAllowedError` or `NotFoundError` if the token is
   * genuine but not valid for this upload, `ServiceUnavailableError` if it
   * cannot be checked; any other error is also worth a retry
   */
  authenticate(
    req: Request,
    res: Response,
    kind: TokenKind,
  ): Promise<UploadSender | undefined>;
}
