import { once } from 'node:events';
import { request } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { WebSocket } from 'ws';
import type { LiveMessage } from '../../src/shop/live/types.js';
import { Shop } from '../support/Shop.js';
import {
  createTestDatabase,
  type TestDatabase,
} from '../support/testDatabase.js';

let database: TestDatabase;
let shop: Shop;
let url: string;

beforeAll(async () => {
  database = await createTestDatabase();
  shop = await Shop.open(database, { SAMPLE_PERIOD_MS: 500 });
  await shop.app.listen({ host: '127.0.0.1', port: 0 });
  const { port } = shop.app.server.address() as AddressInfo;
  url = `ws://127.0.0.1:${port}/api/live`;
});

afterAll(async () => {
  await shop.close();
  await database.drop();
});

const open = (cookie: string, headers: Record<string, string> = {}) =>
  new WebSocket(url, { headers: { cookie, ...headers } });

function refusal(socket: WebSocket): Promise<number | undefined> {
  return new Promise(resolve => {
    socket.once('unexpected-response', (_request, response) =>
      resolve(response.statusCode),
    );
  });
}

function statusWithUpgrade(protocol: string, path: string): Promise<number> {
  const headers = { connection: 'upgrade', upgrade: protocol };
  return new Promise((resolve, reject) => {
    request(new URL(path, url.replace('ws', 'http')), { headers }, response => {
      response.resume();
      resolve(response.statusCode ?? 0);
    })
      .on('error', reject)
      .end();
  });
}

function nextMessage(socket: WebSocket): Promise<LiveMessage> {
  return new Promise(resolve => {
    socket.once('message', (data: Buffer) =>
      resolve(JSON.parse(data.toString()) as LiveMessage),
    );
  });
}

function closeCode(socket: WebSocket): Promise<number> {
  return new Promise(resolve => {
    socket.once('close', resolve);
  });
}

describe('live dashboard', () => {
  it('leaves requests for another protocol than WebSocket to HTTP', async () => {
    expect(await statusWithUpgrade('h2c', '/healthz/live')).toBe(200);
    expect(await statusWithUpgrade('h2c', '/api/profile')).toBe(401);
  });

  it('is refused without a session, to a guest, and to a page of another site', async () => {
    expect(await refusal(open(''))).toBe(401);
    expect(await refusal(open(`session=${'a'.repeat(43)}`))).toBe(401);
    const guest = shop.visitor();
    await guest.fillCart(await shop.addProduct());
    expect(await refusal(open(guest.cookie))).toBe(401);
    const customer = await shop.customer();
    const evil = { origin: 'https://evil.example' };
    expect(await refusal(open(customer.cookie, evil))).toBe(403);
  });

  it('names the instance that answers, and sends what the instances measured', async () => {
    for (const task of shop.starter.tasks) task.start();
    const customer = await shop.customer();
    const socket = open(customer.cookie);
    const first = await nextMessage(socket);
    expect(first).toMatchObject({
      answeredBy: 'web-test',
      activeWindowSeconds: 300,
    });
    expect(first.activeUsers).toBeGreaterThan(0);

    const messages = [first];
    while (!messages.some(({ samples }) => samples.length)) {
      messages.push(await nextMessage(socket));
    }
    const sample = messages.at(-1)?.samples.at(-1);
    expect(sample).toMatchObject({ instanceId: 'web-test', zone: 'zone-a' });
    expect(sample?.cpuPercent).toBeGreaterThan(0);
    const times = messages.flatMap(({ samples }) =>
      samples.map(({ sampledAt }) => sampledAt),
    );
    expect(new Set(times).size).toBe(times.length);
    socket.close();
  });

  it('counts a user with an open dashboard as active, without a request', async () => {
    for (const task of shop.starter.tasks) task.start();
    const customer = await shop.customer();
    const socket = open(customer.cookie);
    await nextMessage(socket);
    await database.query(
      `UPDATE sessions SET last_seen_at = now() - interval '10 minutes'`,
    );
    const counts = [];
    for (let messages = 0; messages < 3; messages += 1) {
      counts.push((await nextMessage(socket)).activeUsers);
    }
    expect(counts.at(-1)).toBe(1);
    socket.close();
  });

  it('closes a connection that sends 1 MB with 1009, and keeps serving', async () => {
    const customer = await shop.customer();
    const socket = open(customer.cookie);
    await once(socket, 'open');
    socket.send('x'.repeat(1_000_000));
    expect(await closeCode(socket)).toBe(1009);
    expect((await customer.request('GET', '/api/profile')).status).toBe(200);
  });

  it('disconnects a dashboard whose session ended', async () => {
    for (const task of shop.starter.tasks) task.start();
    const customer = await shop.customer();
    const socket = open(customer.cookie);
    await nextMessage(socket);
    await customer.request('DELETE', '/api/session');
    expect(await closeCode(socket)).toBe(1008);
  });

  it('closes with 1012 when the instance drains, so that clients go elsewhere', async () => {
    const customer = await shop.customer();
    const socket = open(customer.cookie);
    await nextMessage(socket);
    shop.starter.startDraining?.();
    expect(await closeCode(socket)).toBe(1012);
  });
});
