import type { IncomingHttpHeaders } from 'node:http';
import type { SessionCookie } from './SessionCookie.js';
import type { Session, SessionStore } from './SessionStore.js';

/** Finds out who sends a request, over HTTP or to open a socket. */
export class Visitors {
  readonly #sessions: SessionStore;
  readonly #cookie: SessionCookie;

  constructor(options: { sessions: SessionStore; cookie: SessionCookie }) {
    this.#sessions = options.sessions;
    this.#cookie = options.cookie;
  }

  async identify(headers: IncomingHttpHeaders): Promise<Session | undefined> {
    const token = this.#cookie.read(headers.cookie);
    return token ? this.#sessions.find(token) : undefined;
  }
}
