import type { FastifyRequest } from 'fastify';
import fp from 'fastify-plugin';
import type { User } from '../accounts/types.js';
import { Refusal, signInFirst } from '../errors/Refusal.js';
import { assertSameOrigin } from './assertSameOrigin.js';
import type { Session } from './SessionStore.js';
import type { Visitors } from './Visitors.js';

declare module 'fastify' {
  interface FastifyRequest {
    session: Session | undefined;
  }
}

const safeMethods = new Set(['GET', 'HEAD', 'OPTIONS']);

/** Finds the session of each request that sends a token, and refuses writes of other sites' pages. */
export const sessionOfRequest = fp<{ visitors: Visitors }>(
  async (app, { visitors }) => {
    app.decorateRequest('session', undefined);
    app.addHook('onRequest', async request => {
      if (!safeMethods.has(request.method)) assertSameOrigin(request.headers);
      request.session = await visitors.identify(request.headers);
    });
  },
);

/** @throws Refusal 401 without a session. */
export function sessionOf(request: FastifyRequest): Session {
  if (!request.session) throw signInFirst();
  return request.session;
}

export function userOf(request: FastifyRequest): User {
  return sessionOf(request).user;
}

/** For `onRequest`: refuses before the body is read. */
export async function requireUser(request: FastifyRequest): Promise<void> {
  userOf(request);
}

export async function requireAdmin(request: FastifyRequest): Promise<void> {
  if (userOf(request).role === 'admin') return;
  throw new Refusal(403, 'Administrators only', 'Your account may not do this');
}
