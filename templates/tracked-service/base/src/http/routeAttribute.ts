import { context, trace } from '@opentelemetry/api';
import { getRPCMetadata, RPCType } from '@opentelemetry/core';
import fp from 'fastify-plugin';

/**
 * Gives the SERVER span of the HTTP instrumentation its `http.route`.
 *
 * A Fastify instrumentation would add spans of its own for every hook and handler; the portal counts one span per request,
 * so only the route's pattern is passed on.
 */
export const routeAttribute = fp(async app => {
  app.addHook('onRequest', async request => {
    const route = request.routeOptions.url;
    if (!route) return;
    const metadata = getRPCMetadata(context.active());
    if (metadata?.type === RPCType.HTTP) metadata.route = route;
    trace.getActiveSpan()?.setAttribute('http.route', route);
  });
});
