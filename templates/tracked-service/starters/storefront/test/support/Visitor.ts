import { randomUUID } from 'node:crypto';
import type { InjectOptions } from 'fastify';
import { versionOf } from '../../src/shop/cart/versionOf.js';

export interface Answer {
  readonly statusCode: number;
  readonly headers: Record<string, unknown>;
  json(): unknown;
}

/** What the tests read from a body; each response has some of it. */
export interface Body {
  readonly id: string;
  readonly title: string;
  readonly detail: string;
  readonly user: { readonly name: string } | null;
  readonly items: readonly {
    readonly name: string;
    readonly productId: string;
    readonly quantity: number;
  }[];
  readonly nextCursor?: string;
  readonly totalCents: number;
  readonly version: string;
  readonly stock: number;
  readonly result: string;
  readonly events: readonly { readonly status: string }[];
}

export const password = 'correct horse battery';

export const address = {
  name: 'Ada Example',
  line1: '1 Main Street',
  postalCode: '10115',
  city: 'Berlin',
  country: 'DE',
};

/** A browser without a page: keeps the session's cookie. */
export class Visitor {
  readonly #send: (request: InjectOptions) => Promise<Answer>;
  email = '';
  cookie = '';
  /** Of the cart that this visitor saw last. */
  cartVersion = versionOf([]);

  constructor(send: (request: InjectOptions) => Promise<Answer>) {
    this.#send = send;
  }

  async request(
    method: 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE',
    url: string,
    payload?: object,
    headers: Record<string, string> = {},
  ): Promise<{ status: number; body: Body; headers: Record<string, unknown> }> {
    const answer = await this.#send({
      method,
      url,
      ...(payload && { payload }),
      headers: { cookie: this.cookie, ...headers },
    });
    this.#keepCookie(answer.headers['set-cookie']);
    const body = (answer.statusCode === 204 ? {} : answer.json()) as Body;
    return { status: answer.statusCode, body, headers: answer.headers };
  }

  async signUp(email: string) {
    this.email = email;
    const body = { email, name: 'Ada', password };
    return this.request('POST', '/api/accounts', body);
  }

  async signIn(email: string, guess = password) {
    this.email = email;
    return this.request('POST', '/api/session', { email, password: guess });
  }

  async fillCart(productId: string, quantity = 1) {
    const path = `/api/cart/items/${productId}`;
    return this.#seeCart(await this.request('PUT', path, { quantity }));
  }

  async readCart() {
    return this.#seeCart(await this.request('GET', '/api/cart'));
  }

  async checkout(key: string = randomUUID(), extra: object = {}) {
    return this.request(
      'POST',
      '/api/orders',
      {
        shippingAddress: address,
        billingAddress: address,
        cartVersion: this.cartVersion,
        ...extra,
      },
      { 'idempotency-key': key },
    );
  }

  #seeCart<Seen extends { status: number; body: Body }>(answer: Seen): Seen {
    if (answer.status === 200) this.cartVersion = answer.body.version;
    return answer;
  }

  #keepCookie(header: unknown): void {
    const cookie = [header].flat().find(value => typeof value === 'string');
    if (cookie) this.cookie = cookie.split(';')[0] ?? '';
  }
}
