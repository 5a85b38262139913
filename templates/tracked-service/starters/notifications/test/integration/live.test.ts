import { request } from 'node:http';
import { connect } from 'node:net';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { WebSocket } from 'ws';
import type { Config } from '../../src/config/config.js';
import { NotificationService } from '../support/NotificationService.js';
import { Person, titlesOf } from '../support/Person.js';
import {
  createTestDatabase,
  type TestDatabase,
} from '../support/testDatabase.js';
import { waitFor } from '../support/waitFor.js';

let database: TestDatabase;
let one: NotificationService;
let other: NotificationService;
let config: Config;

beforeAll(async () => {
  database = await createTestDatabase();
  config = (await database.migrate()).config;
  one = await NotificationService.start(config, { id: 'one' });
  other = await NotificationService.start(config, {
    id: 'other',
    worker: false,
  });
});
afterAll(async () => {
  await other.close();
  await one.close();
  await database.drop();
});

const signUp = () => Person.signUp(one.url);
const twenty = Array.from({ length: 20 }, (_, index) => String(index + 1));

describe('Socket.IO', () => {
  it('receives notifications on another instance, in order and once', async () => {
    const ada = await signUp();
    const { socket, events } = ada.openSocket({ url: other.url });
    await waitFor('connection', () => socket.connected);
    for (const title of twenty) await ada.notify(ada, title);
    await waitFor('twenty', () => events.length >= 20);
    expect(titlesOf(events)).toEqual(twenty);
    socket.close();
  });

  it('continues after the last event that the client names', async () => {
    const ada = await signUp();
    for (const title of twenty) await ada.notify(ada, title);
    const list = await waitFor('twenty', async () => {
      const { body } = await ada.list();
      return body.items.length === 20 && body;
    });
    const { socket, events } = ada.openSocket({
      lastEventId: list.items[5]?.eventId ?? 0,
    });
    await waitFor('the newest five', () => events.length >= 5);
    expect(titlesOf(events)).toEqual(twenty.slice(-5));
    socket.close();
  });

  it('tells the other windows what was read', async () => {
    const ada = await signUp();
    const { socket, events } = ada.openSocket({ url: other.url });
    await waitFor('connection', () => socket.connected);
    await ada.notify(ada, 'x');
    const first = await waitFor('notification', () => events[0]);
    const id = first.type === 'notification' ? first.notification.id : '';
    await ada.request('PUT', `/api/notifications/${id}/read`);
    const read = await waitFor('read', () => events[1]);
    expect(read).toMatchObject({ type: 'read', id });
    socket.close();
  });

  it('refuses a client without a session', async () => {
    const answer = await handshake({});
    expect(answer).toBe('400 Sign in to do this');
  });

  it("refuses another site's page", async () => {
    const { cookie } = await signUp();
    const answer = await handshake({ cookie, origin: 'https://evil.example' });
    expect(answer).toBe('400 Another site may not send this request');
  });

  it('refuses a position that was never reached', async () => {
    const ada = await signUp();
    const { socket } = ada.openSocket({ lastEventId: 7 });
    const error = await new Promise<Error>(resolve =>
      socket.once('connect_error', resolve),
    );
    socket.close();
    expect(error.message).toBe(
      'lastEventId must be a whole number from 0 to 0, the last event of this user',
    );
  });

  it('closes a connection that sends 1 MB', async () => {
    const { cookie } = await signUp();
    const socket = new WebSocket(socketUrl(), { headers: { cookie } });
    const code = new Promise<number>(resolve => socket.once('close', resolve));
    await new Promise(resolve => socket.once('open', resolve));
    socket.send('x'.repeat(1_000_000));
    expect(await code).toBe(1009);
  });

  it('leaves requests for another protocol than WebSocket to HTTP', async () => {
    expect(await statusWithUpgrade('h2c', '/healthz/live')).toBe(200);
    expect(await statusWithUpgrade('h2c', '/api/notifications')).toBe(401);
  });

  it('disconnects a client that never acknowledges', async () => {
    const ada = await signUp();
    const { socket, closings } = ada.openSocket({ silent: true });
    await waitFor('connection', () => socket.connected);
    await ada.notify(ada, 'x');
    await waitFor('end', () => closings.length > 0);
    expect(closings).toEqual(['too slow']);
    socket.close();
  });

  it('disconnects a client that signs out', async () => {
    const ada = await signUp();
    const { socket, closings } = ada.openSocket();
    await waitFor('connection', () => socket.connected);
    await ada.request('DELETE', '/api/session');
    await waitFor('end', () => closings.length > 0);
    expect(closings).toEqual(['signed out']);
    socket.close();
  });
});

describe('Server-Sent Events', () => {
  it('receive notifications and continue after Last-Event-ID', async () => {
    const ada = await signUp();
    ada.url = other.url;
    const first = await ada.openStream();
    for (const title of twenty.slice(0, 10)) await ada.notify(ada, title);
    await waitFor('ten', () => first.events.length >= 10);
    first.close();
    for (const title of twenty.slice(10)) await ada.notify(ada, title);
    const second = await ada.openStream(first.events.at(-1)?.eventId);
    await waitFor('ten more', () => second.events.length >= 10);
    second.close();
    expect(titlesOf([...first.events, ...second.events])).toEqual(twenty);
    expect(second.text).toMatch(
      /^retry: 2000\n\nid: \d+\nevent: notification\ndata: \{/,
    );
  });

  it.each([['x'], ['-1'], ['1.5'], ['99']])(
    'refuse the position %s',
    async lastEventId => {
      const ada = await signUp();
      const answer = await ada.request(
        'GET',
        '/api/notifications/stream',
        undefined,
        { 'last-event-id': lastEventId },
      );
      expect(answer.status).toBe(400);
      expect(answer.body.detail).toContain(
        'must be a whole number from 0 to 0',
      );
    },
  );

  it('refuse a client without a session', async () => {
    const answer = await fetch(`${one.url}/api/notifications/stream`);
    expect(answer.status).toBe(401);
  });

  it('disconnect a client that never reads, and keep memory bounded', async () => {
    const ada = await signUp();
    await database.query(`
      WITH person AS (SELECT id FROM users WHERE email = '${ada.email}'),
      many AS (SELECT gen_random_uuid() AS id, number FROM generate_series(1, 6000) AS number),
      added AS (
        INSERT INTO notifications (id, user_id, event_id, kind, title, body, "from", created_at, delivered_at)
        SELECT many.id, person.id, number, 'info', 'x', repeat('x', 2000), 'x', now(), now() FROM many, person)
      INSERT INTO events (user_id, event_id, type, version, notification_id, data)
        SELECT person.id, number, 'notification.delivered', 1, many.id, '{}' FROM many, person`);
    await database.query(`
      UPDATE event_streams SET last_event_id = 6000
      WHERE user_id = (SELECT id FROM users WHERE email = '${ada.email}')`);
    const { hostname, port } = new URL(one.url);
    const socket = connect({ host: hostname, port: Number(port) });
    let closed = false;
    socket.once('close', () => {
      closed = true;
    });
    socket.on('error', () => undefined);
    socket.pause();
    socket.write(
      `GET /api/notifications/stream?lastEventId=0 HTTP/1.1\r\nHost: x\r\nCookie: ${ada.cookie}\r\n\r\n`,
    );
    await database.query(
      `UPDATE users SET role = 'admin' WHERE email = '${ada.email}'`,
    );
    await waitFor('stream', async () => (await openStreams(ada)) === 1);
    await waitFor(
      'its end',
      async () => (await openStreams(ada)) === 0,
      40_000,
    );
    socket.destroy();
    await waitFor('end', () => closed);
    // A client that reads gets everything.
    const stream = await ada.openStream(0);
    await waitFor('all', () => stream.events.length === 6_000, 60_000);
    stream.close();
  });
});

describe('An instance that drains', () => {
  it('asks its clients to connect to another one, which loses nothing', async () => {
    const leaving = await NotificationService.start(config, {
      id: 'leaving',
      worker: false,
    });
    const ada = await signUp();
    const { socket, events, closings } = ada.openSocket({ url: leaving.url });
    const stream = await ada.openStream();
    await waitFor('connection', () => socket.connected);
    await ada.notify(ada, 'before');
    await waitFor('event', () => events[0]);
    leaving.starter.startDraining?.();
    await waitFor('end', () => closings.length > 0);
    expect(closings).toEqual(['draining']);
    await ada.notify(ada, 'meanwhile');
    const next = ada.openSocket({
      url: other.url,
      lastEventId: events.at(-1)?.eventId ?? 0,
    });
    await waitFor('event', () => next.events[0]);
    expect(titlesOf([...events, ...next.events])).toEqual([
      'before',
      'meanwhile',
    ]);
    socket.close();
    next.socket.close();
    stream.close();
    await leaving.close();
  });
});

async function openStreams(admin: Person): Promise<number> {
  const { body } = await admin.request('GET', '/api/admin/figures');
  const { sockets } = body as unknown as {
    sockets: { serverSentEvents: number };
  };
  return sockets.serverSentEvents;
}

function statusWithUpgrade(protocol: string, path: string): Promise<number> {
  const headers = { connection: 'upgrade', upgrade: protocol };
  return new Promise((resolve, reject) => {
    request(`${one.url}${path}`, { headers }, response => {
      response.resume();
      resolve(response.statusCode ?? 0);
    })
      .on('error', reject)
      .end();
  });
}

function socketUrl(): string {
  return `${one.url.replace('http', 'ws')}/api/socket/?EIO=4&transport=websocket`;
}

/** @returns status and body of a handshake that is refused. */
function handshake(headers: Record<string, string>): Promise<string> {
  return new Promise((resolve, reject) => {
    const socket = new WebSocket(socketUrl(), { headers });
    socket.once('open', () => reject(new Error('was accepted')));
    socket.once('error', () => undefined);
    socket.once('unexpected-response', (_request, answer) => {
      let text = '';
      answer.on('data', data => (text += String(data)));
      answer.on('end', () => resolve(`${answer.statusCode} ${text}`));
    });
  });
}
