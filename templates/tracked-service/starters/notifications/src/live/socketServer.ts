import type { IncomingMessage, Server as HttpServer } from 'node:http';
import type { FastifyBaseLogger } from 'fastify';
import { Server, type Socket } from 'socket.io';
import { Refusal } from '../errors/Refusal.js';
import { declineOtherUpgrades } from '../http/declineOtherUpgrades.js';
import { assertSameOrigin } from '../sessions/assertSameOrigin.js';
import type { Session } from '../sessions/SessionStore.js';
import type { Visitors } from '../sessions/Visitors.js';
import type { LiveHub } from './LiveHub.js';
import type { LiveReader } from './LiveReader.js';
import { SocketConnection } from './SocketConnection.js';
import { startPosition } from './startPosition.js';

/** Clients only listen; Engine.IO closes a connection that sends more, with 1009. */
const maximumMessageBytes = 16 * 1024;

export interface SocketServerOptions {
  readonly httpServer: HttpServer;
  readonly visitors: Visitors;
  readonly reader: LiveReader;
  readonly hub: LiveHub;
  readonly instanceId: string;
  readonly logger: FastifyBaseLogger;
}

/** Socket.IO at `/api/socket`, for signed-in users. */
export function createSocketServer(options: SocketServerOptions): Server {
  const { httpServer, visitors, logger } = options;
  const sessions = new WeakMap<IncomingMessage, Session>();
  const io = new Server(httpServer, {
    path: '/api/socket',
    serveClient: false,
    // Long polling would need a load balancer that always chooses the same instance.
    transports: ['websocket'],
    maxHttpBufferSize: maximumMessageBytes,
    perMessageDeflate: false,
    // Refuses before anything is kept for the client.
    allowRequest: (request, decide) => {
      admit(request, visitors, sessions).then(
        () => decide(null, true),
        (error: unknown) => decide(reasonOf(error, logger), false),
      );
    },
  });
  declineOtherUpgrades(httpServer);
  io.on('connection', socket => {
    const session = sessions.get(socket.request);
    if (session) serve(socket, session, options);
  });
  io.use((socket, next) => {
    const session = sessions.get(socket.request);
    const given = (socket.handshake.auth as Record<string, unknown>)[
      'lastEventId'
    ];
    startPosition(options.reader, session?.user.id ?? '', given).then(
      position => {
        socket.data = { position };
        next();
      },
      (error: unknown) => next(new Error(reasonOf(error, logger))),
    );
  });
  return io;
}

async function admit(
  request: IncomingMessage,
  visitors: Visitors,
  sessions: WeakMap<IncomingMessage, Session>,
): Promise<void> {
  assertSameOrigin(request.headers);
  const session = await visitors.identify(request.headers);
  if (!session) throw new Refusal(401, 'Not signed in', 'Sign in to do this');
  sessions.set(request, session);
}

function serve(
  socket: Socket,
  session: Session,
  { hub, instanceId }: SocketServerOptions,
): void {
  socket.emit('connected', { instanceId });
  const { position } = socket.data as { position: number };
  const remove = hub.add({
    userId: session.user.id,
    sessionId: session.id,
    lastEventId: position,
    connection: new SocketConnection(socket),
  });
  socket.on('disconnect', remove);
}

function reasonOf(error: unknown, logger: FastifyBaseLogger): string {
  if (error instanceof Refusal) return error.message;
  logger.warn({ err: error }, 'a socket could not be opened');
  return 'Try again in a moment';
}
