import { createBullBoard } from '@bull-board/api';
import { BullMQAdapter } from '@bull-board/api/bullMQAdapter';
import { FastifyAdapter } from '@bull-board/fastify';
import type { FastifyPluginAsync } from 'fastify';
import { ProblemError } from '../http/ProblemError.js';
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
  // Its routes have an error handler of their own, which would answer every refusal with 500.
  adapter.setErrorHandler(error => describe(error, app.log));
  app.addHook('onRequest', requireAdmin);
  app.addHook('onRequest', async (_request, reply) => {
    reply.header('content-security-policy', contentSecurityPolicy);
  });
  await app.register(adapter.registerPlugin(), { prefix: path });
};

function describe(
  error: Error,
  log: { error: (context: object, message: string) => void },
) {
  if (error instanceof ProblemError) {
    const { status, title, message: detail } = error;
    // The type lists only the statuses that the board itself uses.
    return { status: status as 404, body: { status, title, detail } };
  }
  log.error({ err: error }, 'the job board failed');
  const detail = 'The job queue does not respond';
  return {
    status: 500,
    body: { status: 500, title: 'Internal error', detail },
  } as const;
}
