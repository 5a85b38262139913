import type { FastifyPluginAsync } from 'fastify';

/** The scaling signal, for whatever scales the group; like the health probes, it is neither traced nor logged. */
export const scalingRoutes: FastifyPluginAsync<{
  countActiveUsers: () => Promise<number>;
  windowSeconds: number;
}> = async (app, { countActiveUsers, windowSeconds }) => {
  app.get(
    '/healthz/scaling',
    { logLevel: 'silent', schema: { summary: 'Scaling signal' } },
    async (_request, reply) =>
      reply
        .header('cache-control', 'no-store')
        .send({ activeUsers: await countActiveUsers(), windowSeconds }),
  );
};
