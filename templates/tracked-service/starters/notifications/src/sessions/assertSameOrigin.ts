import type { IncomingHttpHeaders } from 'node:http';
import { Refusal } from '../errors/Refusal.js';

const ownSites = new Set(['same-origin', 'none']);

/**
 * Refuses what another site's page sends with a visitor's cookie (CSRF); also for sockets, which no browser restricts.
 *
 * Browsers say where a request comes from, and pages cannot change that. Programs without these headers have no cookie of
 * somebody else. So no token has to travel, and none can leak.
 *
 * @throws Refusal 403
 */
export function assertSameOrigin(headers: IncomingHttpHeaders): void {
  if (comesFromHere(headers)) return;
  throw new Refusal(
    403,
    'Cross-origin request',
    'Another site may not send this request',
  );
}

function comesFromHere(headers: IncomingHttpHeaders): boolean {
  const site = headers['sec-fetch-site'];
  if (typeof site === 'string') return ownSites.has(site);
  const { origin, host } = headers;
  return origin === undefined || hostOf(origin) === host;
}

function hostOf(origin: string): string | undefined {
  return URL.canParse(origin) ? new URL(origin).host : undefined;
}
