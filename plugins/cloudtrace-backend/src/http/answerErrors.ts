import type { LoggerService } from '@backstage/backend-plugin-api';
import { ServiceUnavailableError } from '@backstage/errors';
import type { ErrorRequestHandler } from 'express';
import { isTemporary } from './isTemporary';
import { jsonError } from './jsonError';

/**
 * The last middleware of each router: maps errors of routes to what the caller
 * sees, in the same way for all routes. Backstage creates the response.
 *
 * @remarks Temporary errors become a 503 with `Retry-After`, so that callers
 * wait instead of giving up. Messages of the database go to the log, not to the
 * caller.
 */
export function answerErrors(options: {
  logger: LoggerService;
  /** When to retry; by default after 2 seconds. */
  retryAfterSeconds?: number;
}): ErrorRequestHandler {
  const { logger, retryAfterSeconds = 2 } = options;
  return (error, req, res, next) => {
    const answer = toApiError(error, logger);
    if (!res.headersSent) {
      if (answer.name === 'ServiceUnavailableError') {
        res.setHeader('retry-after', String(retryAfterSeconds));
      }
      // The rest of the body is not read.
      if (!req.complete) res.setHeader('connection', 'close');
    }
    next(answer);
  };
}

/** What the caller sees of an error. */
export function toApiError(error: Error, logger: LoggerService): Error {
  // The error of the parser holds the body, which may contain secrets.
  if ('type' in error && error.type === 'entity.parse.failed') {
    return jsonError(error);
  }
  if (!isTemporary(error)) return error;
  logger.warn('Responded with 503', error);
  return new ServiceUnavailableError(
    'The data is temporarily unavailable; try again',
  );
}
