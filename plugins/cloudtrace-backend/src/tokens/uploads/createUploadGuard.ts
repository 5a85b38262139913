import type { LoggerService } from '@backstage/backend-plugin-api';
import {
  AuthenticationError,
  InputError,
  ServiceUnavailableError,
} from '@backstage/errors';
import type { TokenKind } from '@cloudtrace/plugin-cloudtrace-common';
import type { Request, Response } from 'express';
import { StoppedTokenError } from '../StoppedTokenError';
import { describePermanentFault } from './describePermanentFault';
import { isAnswer } from './isAnswer';
import type { UploadAuthenticator, UploadSender } from './types';

/** Shared by upload routes: authentication, and errors worth a retry. */
export interface UploadGuard {
  /** Middleware: stores the sender for {@link senderOf}, or responds with 401. */
  authenticate(req: Request, res: Response): Promise<'next'>;
  /**
   * Errors of the database and of overload are worth a retry: 503. All others
   * are 400, never 500.
   */
  retryable<T>(action: () => Promise<T>): Promise<T>;
}

/** Creates a guard for tokens of a kind; `what` names the upload, such as "scan". */
export function createUploadGuard(options: {
  uploads: UploadAuthenticator;
  logger: LoggerService;
  kind: TokenKind;
  what: string;
}): UploadGuard {
  const { uploads, logger, kind, what } = options;

  async function retryable<T>(action: () => Promise<T>): Promise<T> {
    try {
      return await action();
    } catch (error) {
      if (isAnswer(error)) throw error;
      logger.error(`Could not store an uploaded ${what}`, error as Error);
      const permanent = describePermanentFault(error);
      if (permanent) {
        throw new InputError(`The ${what} cannot be stored: ${permanent}`);
      }
      throw new ServiceUnavailableError(
        `The ${what} could not be stored right now; try again`,
      );
    }
  }

  return {
    retryable,
    async authenticate(req, res) {
      const sender = await retryable(() =>
        uploads.authenticate(req, res, kind),
      ).catch(error => {
        if (error instanceof StoppedTokenError) challenge(res);
        throw error;
      });
      if (!sender) {
        challenge(res);
        throw new AuthenticationError(
          `An ingest token of the kind "${kind}" is required: Authorization: Bearer ctk_…`,
        );
      }
      res.locals.sender = sender;
      return 'next';
    },
  };
}

/** Returns the sender of a request that passed {@link UploadGuard.authenticate}. */
export function senderOf(res: Response): UploadSender {
  return res.locals.sender;
}

function challenge(res: Response) {
  res.setHeader('www-authenticate', 'Bearer realm="cloudtrace"');
}
