import type { FastifyPluginAsync } from 'fastify';
import type { Instance } from '../instance/detectInstance.js';
import type { Readiness } from './Readiness.js';

/** Health probes; they are neither traced nor logged, because there are more of them than user requests. */
export const healthRoutes: FastifyPluginAsync<{
  readiness: Readiness;
  instance: Instance;
  /** Container image that runs, such as `registry/name@sha256:…`, if known. */
  image?: string | undefined;
}> = async (app, { readiness, instance, image }) => {
  // Only the digest: the registry's name tells strangers about the account.
  const imageDigest = image?.split('@')[1];

  // Liveness ignores dependencies: restarting the process does not repair a database.
  app.get(
    '/healthz/live',
    { logLevel: 'silent', schema: { summary: 'Liveness' } },
    async () => ({
      status: 'live',
      instance,
    }),
  );

  // The load balancer's check: a release that cannot start and an instance that drains get no requests.
  app.get(
    '/healthz/serving',
    { logLevel: 'silent', schema: { summary: 'Load balancer check' } },
    async (_request, reply) => {
      const { serving, draining } = readiness;
      const reason = draining ? 'draining' : 'starting';
      return reply
        .code(serving ? 200 : 503)
        .header('cache-control', 'no-store')
        .send({ status: serving ? 'serving' : reason, instance, imageDigest });
    },
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
