import cookiePlugin from '@fastify/cookie';
import type { FastifyPluginAsync } from 'fastify';
import { adminRoutes } from './admin/adminRoutes.js';
import { jobBoard } from './admin/jobBoard.js';
import { clientRoutes } from './client/clientRoutes.js';
import { refusals } from './errors/refusals.js';
import { aboutRoutes } from './figures/aboutRoutes.js';
import type { Instance } from './instance/detectInstance.js';
import type { LiveHub } from './live/LiveHub.js';
import type { LiveReader } from './live/LiveReader.js';
import { streamRoutes } from './live/streamRoutes.js';
import { notificationRoutes } from './notifications/routes.js';
import { sessionRoutes } from './sessions/routes.js';
import type { SessionCookie } from './sessions/SessionCookie.js';
import { sessionOfRequest } from './sessions/sessionOfRequest.js';
import type { SignIn } from './sessions/SignIn.js';
import type { Visitors } from './sessions/Visitors.js';
import type { Parts } from './starter/createParts.js';

export interface ServiceRoutesOptions extends Parts {
  readonly cookie: SessionCookie;
  readonly visitors: Visitors;
  readonly reader: LiveReader;
  readonly hub: LiveHub;
  readonly signIn: SignIn;
  readonly instance: Instance;
  readonly notificationsPerMinute: number;
}

/** All routes of the service. */
export const serviceRoutes: FastifyPluginAsync<ServiceRoutesOptions> = async (
  app,
  options,
) => {
  await app.register(refusals);
  await app.register(clientRoutes);
  await app.register(cookiePlugin);
  await app.register(sessionOfRequest, options);
  await app.register(apiRoutes, options);
  await app.register(jobBoard, options.adapters);
};

const apiRoutes: FastifyPluginAsync<ServiceRoutesOptions> = async (
  app,
  options,
) => {
  const { cache } = options.adapters;
  // Answers are about one user or about this moment.
  app.addHook('onSend', async (_request, reply) => {
    reply.header('cache-control', 'no-store');
  });
  await app.register(aboutRoutes, options);
  await app.register(sessionRoutes, options);
  await app.register(notificationRoutes, { ...options, cache });
  await app.register(streamRoutes, options);
  await app.register(adminRoutes, options);
};
