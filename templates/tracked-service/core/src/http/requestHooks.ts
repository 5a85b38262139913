import { context, trace } from '@opentelemetry/api';
import { getRPCMetadata, RPCType } from '@opentelemetry/core';
import { LogController, type FastifyReply, type FastifyRequest } from 'fastify';
import fp from 'fastify-plugin';
import type { Readiness } from '../health/Readiness.js';
import type { Instance } from '../instance/detectInstance.js';

/** What the service adds to every request, including those that end in an error. */
export const requestHooks = fp<{ instance: Instance; readiness: Readiness }>(
  async (app, { instance, readiness }) => {
    app.addHook('onRequest', async (request, reply) => {
      // So that a client can see how it was balanced.
      reply.header('x-instance-id', instance.id);
      setRoute(request.routeOptions.url);
    });
    app.addHook('onSend', async (_request, reply) => {
      // Asks clients to close kept-alive connections, which a load balancer would otherwise keep using.
      if (readiness.draining) reply.header('connection', 'close');
    });
  },
);

/**
 * Sets `http.route` on the SERVER span of the HTTP instrumentation.
 *
 * A Fastify instrumentation would add its own spans for every hook and handler. The portal counts one span per request,
 * so only the route's pattern is set.
 */
function setRoute(route: string | undefined): void {
  if (!route) return;
  const metadata = getRPCMetadata(context.active());
  if (metadata?.type === RPCType.HTTP) metadata.route = route;
  trace.getActiveSpan()?.setAttribute('http.route', route);
}

/** Logs one structured line per request after its response, instead of Fastify's two. */
export class RequestLog extends LogController {
  override incomingRequest(): void {
    // The line at the end contains everything.
  }

  override requestCompleted(
    error: Error | null | undefined,
    request: FastifyRequest,
    reply: FastifyReply,
  ): void {
    const line = {
      method: request.method,
      route: request.routeOptions.url,
      path: request.url.split('?')[0],
      statusCode: reply.statusCode,
      durationMs: Math.round(reply.elapsedTime * 1_000) / 1_000,
      clientAddress: request.ip,
      userAgent: request.headers['user-agent'],
    };
    if (error)
      request.log.warn({ ...line, err: error }, 'response was cut off');
    else request.log.info(line, 'request');
  }
}
