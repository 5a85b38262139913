import fp from 'fastify-plugin';
import type { Instance } from '../instance/types.js';

/** Names the instance in every response, including errors, so that a client can see how it was balanced. */
export const instanceHeader = fp<{ instance: Instance }>(
  async (app, { instance }) => {
    app.addHook('onRequest', async (_request, reply) => {
      reply.header('x-instance-id', instance.id);
    });
  },
);
