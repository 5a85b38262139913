import type { FastifyPluginAsync } from 'fastify';
import type { Instance } from '../instance/types.js';
import type { RequestStore } from '../requests/types.js';
import { renderPage } from './renderPage.js';

const shownRequests = 20;

export const pageRoutes: FastifyPluginAsync<{
  store: RequestStore;
  instance: Instance;
  serviceName: string;
}> = async (app, { store, instance, serviceName }) => {
  app.get('/', { schema: { hide: true } }, async (_request, reply) => {
    const requests = await store.list({ limit: shownRequests });
    return reply
      .type('text/html; charset=utf-8')
      .header('cache-control', 'no-store')
      .send(renderPage({ serviceName, instance, requests }));
  });
};
