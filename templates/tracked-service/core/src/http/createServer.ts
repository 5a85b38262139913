import helmet from '@fastify/helmet';
import swagger from '@fastify/swagger';
import {
  fastify,
  type FastifyBaseLogger,
  type FastifyPluginAsync,
  type FastifyReply,
} from 'fastify';
import type { Config } from '../config/config.js';
import { healthRoutes } from '../health/routes.js';
import type { Readiness } from '../health/Readiness.js';
import type { Instance } from '../instance/detectInstance.js';
import { sendProblem, setErrorHandlers } from './errorHandler.js';
import { RequestLog, requestHooks } from './requestHooks.js';

export interface ServerOptions {
  readonly config: Config;
  readonly instance: Instance;
  readonly logger: FastifyBaseLogger;
  readonly readiness: Readiness;
  /** The service's own routes. */
  readonly routes: FastifyPluginAsync;
}

/** The HTTP server of the service, not yet listening. */
export async function createServer(options: ServerOptions) {
  const { config, instance, logger, readiness, routes } = options;
  const app = fastify({
    loggerInstance: logger,
    logController: new RequestLog(),
    // Hops are counted from here outwards: a value that a client writes into X-Forwarded-For is never trusted.
    trustProxy: (_address, hop) => hop < config.TRUSTED_PROXY_HOPS,
    // An unknown field is a mistake of the caller that must not go unnoticed.
    ajv: { customOptions: { removeAdditional: false } },
    bodyLimit: 64 * 1024,
    requestTimeout: 15_000,
    // Longer than the idle timeout of a load balancer (60 s by default); otherwise it may reuse a connection just
    // closed here.
    keepAliveTimeout: 75_000,
    // While draining, the load balancer still sends requests for a moment; they are served.
    return503OnClosing: false,
    // Unreadable URLs never reach a hook.
    frameworkErrors: (error, request, reply: FastifyReply) =>
      void sendProblem(
        error,
        request.log,
        reply.header('x-instance-id', instance.id),
      ),
  });

  setErrorHandlers(app);
  await app.register(requestHooks, { instance, readiness });
  // The load balancer terminates TLS; the service's own plain page must not ask browsers to upgrade.
  await app.register(helmet, {
    strictTransportSecurity: false,
    contentSecurityPolicy: { directives: { upgradeInsecureRequests: null } },
  });
  // From the schemas that validate requests, so that the description is never out of date.
  await app.register(swagger, {
    openapi: {
      openapi: '3.1.0',
      info: { title: config.OTEL_SERVICE_NAME, version: '1' },
    },
  });
  app.get('/openapi.json', { schema: { hide: true } }, async () =>
    app.swagger(),
  );
  await app.register(healthRoutes, {
    readiness,
    instance,
    image: config.SERVICE_IMAGE,
  });
  await app.register(routes);
  return app;
}
