import type { LoggerService } from '@backstage/backend-plugin-api';
import {
  AuthenticationError,
  NotFoundError,
  ServiceUnavailableError,
} from '@backstage/errors';
import express, {
  type NextFunction,
  type Request,
  type Response,
  type Router,
} from 'express';
import PromiseRouter from 'express-promise-router';
import { isAnswer } from '../../tokens/uploads/isAnswer';
import type { ReportedEvents } from '../../timeline/ReportedEvents';
import type {
  UploadAuthenticator,
  UploadSender,
} from '../../tokens/uploads/types';

/** Path that takes ingest and CI tokens instead of Backstage credentials. */
export const EVENTS_PATH = '/events';

/**
 * Events from pipelines and clouds. The token is checked before the body is
 * read. Nothing below the path is served but this, because all of it is open
 * to callers without Backstage credentials.
 */
export function createEventsRouter(options: {
  events: ReportedEvents;
  uploads: UploadAuthenticator;
  logger: LoggerService;
}): Router {
  const { events, uploads, logger } = options;
  const router = PromiseRouter({ caseSensitive: true });

  async function authenticate(req: Request, res: Response) {
    const sender = await retryable(() =>
      uploads.authenticate(req, res, 'events'),
    );
    if (!sender) {
      res.setHeader('www-authenticate', 'Bearer realm="cloudtrace"');
      throw new AuthenticationError(
        'An ingest token of the kind "events" is needed: Authorization: Bearer ctk_…',
      );
    }
    res.locals.sender = sender;
    return 'next';
  }

  /** Whatever is not the sender's fault is worth another try: 503, never 500. */
  async function retryable<T>(action: () => Promise<T>): Promise<T> {
    try {
      return await action();
    } catch (error) {
      if (isAnswer(error)) throw error;
      logger.error('An event could not be taken', error as Error);
      throw new ServiceUnavailableError(
        'The event could not be stored right now; send it again',
      );
    }
  }

  router.post(
    EVENTS_PATH,
    authenticate,
    requireJson,
    express.json({ limit: '256kb' }),
    async (req, res) => {
      const sender = res.locals.sender as UploadSender;
      res
        .status(202)
        .json(await retryable(() => events.report(sender, req.body)));
    },
  );
  router.use(EVENTS_PATH, () => {
    throw new NotFoundError('Events are reported by POST /events');
  });
  router.use(
    EVENTS_PATH,
    (error: Error, _req: Request, res: Response, next: NextFunction) => {
      if (error.name === 'ServiceUnavailableError') {
        res.setHeader('retry-after', '1');
      }
      next(error);
    },
  );
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
