import type { FastifyRequest } from 'fastify';
import fp from 'fastify-plugin';
import type { User } from '../accounts/types.js';
import { ShopError, signInFirst } from '../errors/ShopError.js';
import type { SessionCookie } from './sessionCookie.js';
import type { Client, Session, SessionStore } from './SessionStore.js';

declare module 'fastify' {
  interface FastifyRequest {
    session: Session | undefined;
  }
}

/** Finds the session of each request that sends a token. */
export const sessionOfRequest = fp<{
  sessions: SessionStore;
  cookie: SessionCookie;
}>(async (app, { sessions, cookie }) => {
  app.decorateRequest('session', undefined);
  app.addHook('onRequest', async request => {
    const token = cookie.read(request);
    if (token) request.session = await sessions.find(token);
  });
});

/** @throws ShopError 401 for guests. */
export function userOf(request: FastifyRequest): User {
  const user = request.session?.user;
  if (!user) throw signInFirst();
  return user;
}

/** For `onRequest`: refuses before the body is read. */
export async function requireUser(request: FastifyRequest): Promise<void> {
  userOf(request);
}

export async function requireAdmin(request: FastifyRequest): Promise<void> {
  if (userOf(request).role === 'admin') return;
  throw new ShopError(
    403,
    'Administrators only',
    'Your account may not do this',
  );
}

export function clientOf(request: FastifyRequest): Client {
  return {
    ipAddress: request.ip,
    userAgent: request.headers['user-agent'] ?? '',
  };
}
