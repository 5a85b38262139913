import type { LoggerService } from '@backstage/backend-plugin-api';
import { NotFoundError } from '@backstage/errors';
import express, {
  type NextFunction,
  type Request,
  type Response,
  type Router,
} from 'express';
import PromiseRouter from 'express-promise-router';
import { answerErrors } from '../../http/answerErrors';
import type { ReportedEvents } from '../ReportedEvents';
import {
  createUploadGuard,
  senderOf,
} from '../../tokens/uploads/createUploadGuard';
import type { UploadAuthenticator } from '../../tokens/uploads/types';

/** Path that accepts ingest and CI tokens instead of Backstage credentials. */
export const EVENTS_PATH = '/events';

/**
 * Accepts events from pipelines and clouds. Checks the token before reading the
 * body. Serves nothing else below this path, because all of it is open to
 * callers without Backstage credentials.
 */
export function createEventsRouter(options: {
  events: ReportedEvents;
  uploads: UploadAuthenticator;
  logger: LoggerService;
}): Router {
  const { events } = options;
  const router = PromiseRouter({ caseSensitive: true });

  const { authenticate, retryable } = createUploadGuard({
    ...options,
    kind: 'events',
    what: 'event',
  });

  router.post(
    EVENTS_PATH,
    authenticate,
    requireJson,
    express.json({ limit: '256kb' }),
    async (req, res) => {
      res
        .status(202)
        .json(await retryable(() => events.report(senderOf(res), req.body)));
    },
  );
  router.use(EVENTS_PATH, () => {
    throw new NotFoundError('Report events with POST /events');
  });
  router.use(EVENTS_PATH, answerErrors(options));
  return router;
}

function requireJson(req: Request, _res: Response, next: NextFunction) {
  if (req.is('application/json')) {
    next();
    return;
  }
  next(
    Object.assign(new Error('The content type must be application/json'), {
      name: 'UnsupportedMediaTypeError',
      statusCode: 415,
    }),
  );
}
