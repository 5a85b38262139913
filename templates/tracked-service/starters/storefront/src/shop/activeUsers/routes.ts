import type { FastifyPluginAsync } from 'fastify';

/**
 * The scaling signal, for whatever scales the group; like the health probes, it is neither traced nor logged. Requests
 * that a load balancer forwarded get a 404.
 */
export const scalingRoutes: FastifyPluginAsync<{
  countActiveUsers: () => Promise<number>;
  windowSeconds: number;
}> = async (app, { countActiveUsers, windowSeconds }) => {
  app.get(
    '/healthz/scaling',
    { logLevel: 'silent', schema: { summary: 'Scaling signal' } },
    async (request, reply) => {
      if (request.headers['x-forwarded-for']) {
        reply.callNotFound();
        return reply;
      }
      return reply
        .header('cache-control', 'no-store')
        .send({ activeUsers: await countActiveUsers(), windowSeconds });
    },
  );
};
