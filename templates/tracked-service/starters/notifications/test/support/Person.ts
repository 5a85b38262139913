import { randomUUID } from 'node:crypto';
import { io, type Socket } from 'socket.io-client';
import type { LiveEvent } from '../../src/live/types.js';
import { EventStream } from './EventStream.js';

export interface Answer {
  readonly status: number;
  readonly headers: Headers;
  /** What the tests read from a body; each response has some of it. */
  readonly body: Body;
}
export interface Body {
  readonly id: string;
  readonly title: string;
  readonly detail: string;
  readonly items: readonly {
    readonly id: string;
    readonly title: string;
    readonly readAt: string | null;
    readonly eventId: number;
    readonly reason: string;
    readonly partition: number;
    readonly offset: number;
    readonly value: string;
    readonly replayedAt: string | null;
  }[];
  readonly unread: number;
  readonly lastEventId: number;
  readonly nextBefore?: number;
  readonly marked: number;
}

export const password = 'correct horse battery';

/** Events that a client received. */
export interface Received {
  readonly events: LiveEvent[];
  readonly closings: string[];
}

/** A user with a session; may talk to any instance. */
export class Person {
  readonly email: string;
  readonly cookie: string;
  url: string;

  private constructor(options: { email: string; cookie: string; url: string }) {
    this.email = options.email;
    this.cookie = options.cookie;
    this.url = options.url;
  }

  static async signUp(url: string, name = 'Ada'): Promise<Person> {
    const email = `${randomUUID()}@example.com`;
    const answer = await fetch(`${url}/api/accounts`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ email, name, password }),
    });
    const cookie = answer.headers.get('set-cookie')?.split(';')[0];
    if (answer.status !== 201 || !cookie) {
      throw new Error(`sign-up: ${answer.status} ${await answer.text()}`);
    }
    return new Person({ email, cookie, url });
  }

  async request(
    method: string,
    path: string,
    content?: unknown,
    headers: Record<string, string> = {},
  ): Promise<Answer> {
    const answer = await fetch(`${this.url}${path}`, {
      method,
      headers: {
        cookie: this.cookie,
        ...(content !== undefined && { 'content-type': 'application/json' }),
        ...headers,
      },
      ...(content !== undefined && { body: JSON.stringify(content) }),
    });
    const text = await answer.text();
    const body = (text.startsWith('{') ? JSON.parse(text) : {}) as Body;
    return { status: answer.status, headers: answer.headers, body };
  }

  notify(
    to: Person,
    title: string,
    key: string = randomUUID(),
  ): Promise<Answer> {
    return this.request(
      'POST',
      '/api/notifications',
      { to: to.email, kind: 'info', title },
      { 'idempotency-key': key },
    );
  }

  list(): Promise<Answer> {
    return this.request('GET', '/api/notifications');
  }

  /** Opens a socket that acknowledges, and continues where it was when it reconnects. */
  openSocket(
    options: { url?: string; lastEventId?: number; silent?: boolean } = {},
  ): Received & { readonly socket: Socket } {
    const { url = this.url, silent = false } = options;
    const received: Received = { events: [], closings: [] };
    const socket = io(url, {
      path: '/api/socket',
      transports: ['websocket'],
      forceNew: true,
      reconnectionDelay: 50,
      reconnectionDelayMax: 200,
      extraHeaders: { cookie: this.cookie },
      auth: done => {
        const lastEventId =
          received.events.at(-1)?.eventId ?? options.lastEventId;
        done({ lastEventId });
      },
    });
    socket.on('events', (events: LiveEvent[], acknowledge: () => void) => {
      received.events.push(...events);
      if (!silent) acknowledge();
    });
    socket.on('closing', ({ reason }: { reason: string }) =>
      received.closings.push(reason),
    );
    return { ...received, socket };
  }

  openStream(lastEventId?: number): Promise<EventStream> {
    return EventStream.open(this.url, this.cookie, lastEventId);
  }
}

/** The titles of the notifications among these events, in the order in which they arrived. */
export function titlesOf(events: readonly LiveEvent[]): string[] {
  return events.flatMap(event =>
    event.type === 'notification' ? [event.notification.title] : [],
  );
}
