import { context, trace } from '@opentelemetry/api';
import { getRPCMetadata, RPCType } from '@opentelemetry/core';
import fp from 'fastify-plugin';

/**
 * Sets `http.route` on the SERVER span of the HTTP instrumentation.
 *
 * A Fastify instrumentation would add its own spans for every hook and handler. The portal counts one span per request,
 * so only the route's pattern is set.
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
