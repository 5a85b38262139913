import fp from 'fastify-plugin';
import type { Readiness } from '../health/Readiness.js';

/** While draining, asks clients to close kept-alive connections, which a load balancer would otherwise keep using. */
export const closeWhileDraining = fp<{ readiness: Readiness }>(
  async (app, { readiness }) => {
    app.addHook('onSend', async (_request, reply) => {
      if (readiness.draining) reply.header('connection', 'close');
    });
  },
);
