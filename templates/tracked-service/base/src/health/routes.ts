import type { FastifyPluginAsync } from 'fastify';
import type { Instance } from '../instance/types.js';
import type { Readiness } from './Readiness.js';

/** Health probes; they are neither traced nor logged, because there are more of them than user requests. */
export const healthRoutes: FastifyPluginAsync<{
  readiness: Readiness;
  instance: Instance;
}> = async (app, { readiness, instance }) => {
  // Liveness ignores dependencies: restarting the process does not repair a database.
  app.get(
    '/healthz/live',
    { logLevel: 'silent', schema: { summary: 'Liveness' } },
    async () => ({
      status: 'live',
      instance,
    }),
  );

  app.get(
    '/healthz/ready',
    { logLevel: 'silent', schema: { summary: 'Readiness' } },
    async (_request, reply) => {
      const report = await readiness.report();
      return reply
        .code(report.status === 'ready' ? 200 : 503)
        .header('cache-control', 'no-store')
        .send({ ...report, instance });
    },
  );
};
