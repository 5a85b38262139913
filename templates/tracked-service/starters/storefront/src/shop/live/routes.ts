import websocket from '@fastify/websocket';
import type { FastifyPluginAsync } from 'fastify';
import { declineOtherUpgrades } from '../../http/declineOtherUpgrades.js';
import { assertSameOrigin } from '../sessions/refuseCrossOrigin.js';
import { requireUser } from '../sessions/sessionOfRequest.js';
import type { LiveHub } from './LiveHub.js';

/** Dashboards only listen; `ws` closes a connection that sends more with 1009. */
const maxPayloadBytes = 4 * 1024;

/** The live dashboard's WebSocket, for signed-in users. */
export const liveRoutes: FastifyPluginAsync<{ hub: LiveHub }> = async (
  app,
  { hub },
) => {
  await app.register(websocket, { options: { maxPayload: maxPayloadBytes } });
  declineOtherUpgrades(app.server);
  app.get(
    '/api/live',
    {
      websocket: true,
      schema: { summary: 'Live figures of all instances (WebSocket)' },
      onRequest: async request => {
        assertSameOrigin(request);
        await requireUser(request);
      },
    },
    (socket, request) => {
      if (request.session) void hub.add(socket, request.session.id);
    },
  );
};
