import type { FastifyPluginAsyncTypebox } from '@fastify/type-provider-typebox';
import { Type } from 'typebox';
import { requireUser, sessionOf } from '../sessions/sessionOfRequest.js';
import type { LiveHub } from './LiveHub.js';
import type { LiveReader } from './LiveReader.js';
import { startPosition } from './startPosition.js';
import { StreamConnection } from './StreamConnection.js';

/** Server-Sent Events, for signed-in users. */
export const streamRoutes: FastifyPluginAsyncTypebox<{
  hub: LiveHub;
  reader: LiveReader;
}> = async (app, { hub, reader }) => {
  app.get(
    '/api/notifications/stream',
    {
      onRequest: requireUser,
      schema: {
        summary: 'New events (Server-Sent Events)',
        querystring: Type.Object({ lastEventId: Type.Optional(Type.String()) }),
      },
    },
    async (request, reply) => {
      const session = sessionOf(request);
      const position = await startPosition(
        reader,
        session.user.id,
        request.headers['last-event-id'] ?? request.query.lastEventId,
      );
      reply.hijack();
      // The client may have left meanwhile: its `close` would not come again.
      if (reply.raw.destroyed) return;
      reply.raw.writeHead(200, {
        ...(reply.getHeaders() as Record<string, string>),
        'content-type': 'text/event-stream',
        'cache-control': 'no-store',
        // Proxies must not wait for the end.
        'x-accel-buffering': 'no',
      });
      const remove = hub.add({
        userId: session.user.id,
        sessionId: session.id,
        lastEventId: position,
        connection: new StreamConnection(reply.raw),
      });
      reply.raw.once('close', remove);
    },
  );
};
