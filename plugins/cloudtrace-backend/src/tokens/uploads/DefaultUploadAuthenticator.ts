import { InputError } from '@backstage/errors';
import type { TokenKind } from '@cloudtrace/plugin-cloudtrace-common';
import type { Request, Response } from 'express';
import { readBearerToken } from '../tokenFormat';
import type { TokenVerifier } from '../types';
import type { CiUploads } from './CiUploads';
import { readTarget } from './readTarget';
import type { UploadAuthenticator, UploadSender } from './types';

const MAX_JWT_LENGTH = 8192;
const jwt = /^[\w-]+\.[\w-]+\.[\w-]*$/;

/** Accepts ingest tokens, and OIDC tokens of CI systems if configured. */
export class DefaultUploadAuthenticator implements UploadAuthenticator {
  readonly #tokens: TokenVerifier;
  readonly #ci: CiUploads | undefined;

  constructor(options: { tokens: TokenVerifier; ci?: CiUploads }) {
    this.#tokens = options.tokens;
    this.#ci = options.ci;
  }

  async authenticate(
    req: Request,
    res: Response,
    kind: TokenKind,
  ): Promise<UploadSender | undefined> {
    const { authorization } = req.headers;
    const long = readBearerToken(authorization, MAX_JWT_LENGTH + 16);
    if (
      this.#ci &&
      long &&
      long.length <= MAX_JWT_LENGTH &&
      !long.startsWith('ctk_') &&
      jwt.test(long)
    ) {
      return this.#ci.authenticate(long, req, res, kind);
    }
    const token = await this.#tokens.verify(
      readBearerToken(authorization),
      kind,
    );
    if (!token) return undefined;
    const { entityRef, entityId, environment, tokenId } = token;
    const target = readTarget(req.query);
    // The token decides; a pipeline with a different intention should get an
    // error.
    if ((target.entityRef ?? entityRef) !== entityRef) {
      throw new InputError(
        `The ingest token is for ${entityRef}, not for ${target.entityRef}`,
      );
    }
    if ((target.environment ?? environment) !== environment) {
      throw new InputError(
        `The ingest token is for the environment '${environment}', not for '${target.environment}'`,
      );
    }
    return { entityRef, entityId, environment, sentBy: `token:${tokenId}` };
  }
}
