import type {
  HttpAuthService,
  LoggerService,
} from '@backstage/backend-plugin-api';
import express, { type Request, type Response, type Router } from 'express';
import PromiseRouter from 'express-promise-router';
import { answerErrors } from './answerErrors';
import { FileAnswer, type ApiOperations } from './ApiOperations';

/**
 * Creates the router for everything that accepts Backstage credentials: every
 * operation by its path.
 */
export function createRouter(options: {
  httpAuth: HttpAuthService;
  logger: LoggerService;
  operations: ApiOperations;
}): Router {
  const { httpAuth, operations } = options;
  const router = PromiseRouter();
  router.use('/v1', express.json({ limit: '256kb' }));

  for (const route of operations.list()) {
    const serve = async (req: Request, res: Response) => {
      const credentials = await httpAuth.credentials(req, {
        allow: ['user', 'service'],
      });
      const answer = await operations.call(route.operationId, req, {
        credentials,
        request: req,
      });
      const status = route.status ?? 200;
      // Responses differ by caller and change every second.
      res.setHeader('cache-control', 'no-store');
      if (status === 204) {
        res.status(204).end();
      } else if (answer instanceof FileAnswer) {
        res
          .status(status)
          .attachment(answer.fileName)
          .setHeader('content-type', answer.contentType)
          .send(answer.body);
      } else {
        res.status(status).json(answer);
      }
    };
    router[route.method](route.path, serve);
  }
  router.use(answerErrors(options));
  return router;
}
