import type { FastifyRequest } from 'fastify';
import fp from 'fastify-plugin';
import { ShopError } from '../errors/ShopError.js';

const safeMethods = new Set(['GET', 'HEAD', 'OPTIONS']);
const ownSites = new Set(['same-origin', 'none']);

/**
 * Refuses writes that another site's page makes with a visitor's cookie (CSRF).
 *
 * Browsers say where a request comes from, and pages cannot change that. Programs without these headers have no cookie of
 * somebody else. So no token has to travel, and none can leak.
 */
export const refuseCrossOrigin = fp(async app => {
  app.addHook('onRequest', async request => {
    if (!safeMethods.has(request.method)) assertSameOrigin(request);
  });
});

/** @throws ShopError 403 if a page of another origin sent the request; also for WebSockets, which no browser restricts. */
export function assertSameOrigin(request: FastifyRequest): void {
  if (comesFromHere(request)) return;
  throw new ShopError(
    403,
    'Cross-origin request',
    'Another site may not send this request',
  );
}

function comesFromHere(request: FastifyRequest): boolean {
  const site = request.headers['sec-fetch-site'];
  if (site !== undefined) return ownSites.has(site);
  const { origin } = request.headers;
  return origin === undefined || hostOf(origin) === request.host;
}

function hostOf(origin: string): string | undefined {
  return URL.canParse(origin) ? new URL(origin).host : undefined;
}
