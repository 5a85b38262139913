import { io } from 'socket.io-client';
import type { ClosingReason, LiveEvent } from '../api/types';
import type { EndReason, OpenConnection } from './types';

/** Socket.IO over a WebSocket. */
export const openSocket: OpenConnection = (lastEventId, handlers) => {
  const socket = io({
    path: '/api/socket',
    transports: ['websocket'],
    // One mechanism for both transports: LiveConnection.
    reconnection: false,
    forceNew: true,
    auth: { lastEventId },
  });
  let reason: EndReason = 'lost';
  const end = (why: EndReason) => {
    socket.off();
    socket.disconnect();
    handlers.onEnd(why);
  };
  socket.on('connected', ({ instanceId }: { instanceId: string }) =>
    handlers.onOpen(instanceId),
  );
  socket.on('connect', () => handlers.onOpen(null));
  socket.on('events', (events: LiveEvent[], acknowledge: () => void) => {
    handlers.onEvents(events);
    acknowledge();
  });
  socket.on('closing', (message: { reason: ClosingReason }) => {
    reason = message.reason;
  });
  socket.on('connect_error', error =>
    end(error.message.startsWith('lastEventId') ? 'unknown position' : 'lost'),
  );
  socket.on('disconnect', () => end(reason));
  return () => {
    socket.off();
    socket.disconnect();
  };
};
