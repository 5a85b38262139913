import type { LoggerService } from '@backstage/backend-plugin-api';
import { ServiceUnavailableError } from '@backstage/errors';
import type { ErrorRequestHandler } from 'express';
import { isTemporary } from './isTemporary';

/**
 * The last middleware of each router: turns what a route threw into what the
 * caller is told, in the same way for all routes. Backstage makes the answer
 * of it.
 *
 * @remarks
 * What is temporary is a 503 with `Retry-After`, so that callers wait instead
 * of giving up. A database's own words go to the log, not to the caller.
 */
export function answerErrors(options: {
  logger: LoggerService;
  /** After which time to call again; by default 2 seconds. */
  retryAfterSeconds?: number;
}): ErrorRequestHandler {
  const { logger, retryAfterSeconds = 2 } = options;
  return (error, req, res, next) => {
    const answer = toAnswer(error, logger);
    if (!res.headersSent) {
      if (answer.name === 'ServiceUnavailableError') {
        res.setHeader('retry-after', String(retryAfterSeconds));
      }
      // What is left of the body is not read.
      if (!req.complete) res.setHeader('connection', 'close');
    }
    next(answer);
  };
}

function toAnswer(error: Error, logger: LoggerService): Error {
  if (!isTemporary(error)) return error;
  logger.warn('A call is answered with 503', error);
  return new ServiceUnavailableError(
    'The data cannot be read or stored right now; try again',
  );
}
