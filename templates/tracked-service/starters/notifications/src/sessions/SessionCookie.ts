import { fastifyCookie } from '@fastify/cookie';
import type { FastifyReply } from 'fastify';
import { looksLikeToken } from './sessionToken.js';

const lifetimeSeconds = 30 * 86_400;

/** The cookie that carries the session's token. */
export class SessionCookie {
  readonly #secure: boolean;
  readonly #name: string;

  /** `secure: false` is for plain HTTP on a developer's machine. */
  constructor(options: { secure: boolean }) {
    this.#secure = options.secure;
    // Browsers accept a cookie with this prefix only over HTTPS and from this very host: no sibling domain can plant one.
    this.#name = options.secure ? '__Host-session' : 'session';
  }

  /** Reads the header `Cookie`. */
  read(header: string | undefined): string | undefined {
    const value = header && fastifyCookie.parse(header)[this.#name];
    return looksLikeToken(value) ? value : undefined;
  }

  write(reply: FastifyReply, token: string): void {
    reply.setCookie(this.#name, token, {
      ...this.#attributes(),
      maxAge: lifetimeSeconds,
    });
  }

  clear(reply: FastifyReply): void {
    reply.clearCookie(this.#name, this.#attributes());
  }

  #attributes() {
    return {
      path: '/',
      httpOnly: true,
      sameSite: 'lax' as const,
      secure: this.#secure,
    };
  }
}
