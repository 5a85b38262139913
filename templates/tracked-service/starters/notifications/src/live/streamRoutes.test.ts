import { EventEmitter, once } from 'node:events';
import { connect, type AddressInfo } from 'node:net';
import fastify from 'fastify';
import { expect, it } from 'vitest';
import type { Session } from '../sessions/SessionStore.js';
import type { LiveHub } from './LiveHub.js';
import type { LiveReader } from './LiveReader.js';
import { streamRoutes } from './streamRoutes.js';
import type { LiveSubscription } from './types.js';

const session = { id: 'session', user: { id: 'ada' } } as Session;

it('keeps nothing of a client that leaves while the database is slow', async () => {
  const subscriptions: LiveSubscription[] = [];
  const hub = {
    add: (subscription: LiveSubscription) => {
      subscriptions.push(subscription);
      return () => undefined;
    },
  } as unknown as LiveHub;
  const database = new EventEmitter();
  const asked = once(database, 'asked');
  const reader = {
    lastEventIds: async () => {
      database.emit('asked');
      await once(database, 'answer');
      return new Map();
    },
  } as unknown as LiveReader;

  const app = fastify();
  app.decorateRequest('session');
  app.addHook('onRequest', async request => {
    request.session = session;
  });
  const left = new Promise<void>(resolve => {
    app.addHook('onRequest', async (_request, reply) => {
      reply.raw.once('close', () => resolve());
    });
  });
  await app.register(streamRoutes, { hub, reader });
  await app.listen({ host: '127.0.0.1', port: 0 });
  const { port } = app.server.address() as AddressInfo;

  const client = connect({ host: '127.0.0.1', port });
  await once(client, 'connect');
  client.write('GET /api/notifications/stream HTTP/1.1\r\nHost: x\r\n\r\n');
  await asked;
  client.destroy();
  await left;
  database.emit('answer');
  // After the handler has continued.
  await new Promise(resolve => setImmediate(resolve));

  expect(subscriptions).toEqual([]);
  await app.close();
});
