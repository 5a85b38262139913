import { createBullBoard } from '@bull-board/api';
import { BullMQAdapter } from '@bull-board/api/bullMQAdapter';
import { FastifyAdapter } from '@bull-board/fastify';
import type { FastifyPluginAsync } from 'fastify';
import type { JobQueue } from '../jobs/JobQueue.js';
import { requireAdmin } from '../sessions/sessionOfRequest.js';

const path = '/admin/jobs';
// The board's page has inline styles and scripts.
const contentSecurityPolicy =
  "default-src 'self'; script-src 'self' 'unsafe-inline'; style-src 'self' 'unsafe-inline'; img-src 'self' data:; font-src 'self' data:; frame-ancestors 'self'";

/** BullMQ's board, for administrators. */
export const jobBoard: FastifyPluginAsync<{ jobQueue: JobQueue }> = async (
  app,
  { jobQueue },
) => {
  const adapter = new FastifyAdapter();
  createBullBoard({
    queues: [new BullMQAdapter(jobQueue.queue)],
    serverAdapter: adapter,
  });
  adapter.setBasePath(path);
  app.addHook('onRequest', requireAdmin);
  app.addHook('onRequest', async (_request, reply) => {
    reply.header('content-security-policy', contentSecurityPolicy);
  });
  // Not part of the API.
  app.addHook('onRoute', route => {
    route.schema = { ...route.schema, hide: true };
  });
  await app.register(adapter.registerPlugin(), { prefix: path });
};
