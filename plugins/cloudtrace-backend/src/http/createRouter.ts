import type {
  AuditorService,
  BackstageCredentials,
  HttpAuthService,
  LoggerService,
} from '@backstage/backend-plugin-api';
import express, { type Request, type Response, type Router } from 'express';
import PromiseRouter from 'express-promise-router';
import { answerErrors } from './answerErrors';
import type { RequestValidator } from '../schema/RequestValidator';

/** A validated call by a user or a service. */
export interface ApiCall<TQuery = Record<string, unknown>, TBody = unknown> {
  params: Record<string, string>;
  /** As described in the OpenAPI document, with defaults filled in. */
  query: TQuery;
  body: TBody;
  credentials: BackstageCredentials;
}

/** One operation of the OpenAPI document. */
export interface ApiRoute<TQuery = Record<string, unknown>, TBody = unknown> {
  operationId: string;
  method: 'get' | 'post' | 'patch' | 'put' | 'delete';
  /** Express path, such as `/v1/entities/:kind/:namespace/:name/requests`. */
  path: string;
  /** Name of the call in the audit log. Writes are `medium`. */
  audit: { eventId: string; queryType?: string };
  /** Status of a success; 204 has no body. */
  status?: 200 | 201 | 202 | 204;
  handle(call: ApiCall<TQuery, TBody>): Promise<unknown>;
}

/** Adds a route; see {@link ApiRoute}. */
export type AddRoute = <TQuery, TBody = unknown>(
  route: ApiRoute<TQuery, TBody>,
) => void;

/** A response that is a file instead of JSON. */
export class FileAnswer {
  constructor(
    readonly contentType: string,
    readonly body: string,
    readonly fileName: string,
  ) {}
}

/** Path of an entity's part of the API. */
export const ENTITY_PATH = '/v1/entities/:kind/:namespace/:name';

/**
 * Creates the router for everything that accepts Backstage credentials. Each
 * area adds its routes; the router performs the same four steps for every call:
 * validate, authenticate, audit, respond.
 */
export function createRouter(options: {
  httpAuth: HttpAuthService;
  auditor: AuditorService;
  validator: RequestValidator;
  logger: LoggerService;
  areas: Array<(add: AddRoute) => void>;
}): Router {
  const { httpAuth, auditor, validator } = options;
  const router = PromiseRouter();
  router.use('/v1', express.json({ limit: '256kb' }));

  const add: AddRoute = route => {
    const serve = async (req: Request, res: Response) => {
      const credentials = await httpAuth.credentials(req, {
        allow: ['user', 'service'],
      });
      const input = validator.validate(route.operationId, req);
      const event = await auditor.createEvent({
        eventId: route.audit.eventId,
        request: req,
        severityLevel: route.method === 'get' ? 'low' : 'medium',
        meta: { queryType: route.audit.queryType, ...input.params },
      });
      let answer: unknown;
      try {
        answer = await route.handle({
          params: input.params,
          query: input.query as never,
          body: input.body as never,
          credentials,
        });
      } catch (error) {
        await event.fail({ error: error as Error });
        throw error;
      }
      await event.success();
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
  };
  for (const area of options.areas) area(add);
  router.use(answerErrors(options));
  return router;
}
