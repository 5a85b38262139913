import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { rebuildProjection } from '../../src/events/rebuildProjection.js';
import { cleanUpJob } from '../../src/jobs/cleanUp.js';
import { reportJob } from '../../src/jobs/report.js';
import { userSyncJob } from '../../src/jobs/userSync.js';
import { NotificationService } from '../support/NotificationService.js';
import { Person } from '../support/Person.js';
import {
  createTestDatabase,
  type TestDatabase,
} from '../support/testDatabase.js';
import { waitFor } from '../support/waitFor.js';

let database: TestDatabase;
let service: NotificationService;

beforeAll(async () => {
  database = await createTestDatabase();
  const { config } = await database.migrate();
  service = await NotificationService.start(config);
});
afterAll(async () => {
  await service.close();
  await database.drop();
});

describe('The clean-up', () => {
  it('removes what has expired, and keeps the history', async () => {
    const ada = await Person.signUp(service.url);
    await ada.notify(ada, 'x');
    await waitFor('delivery', async () => (await ada.list()).body.items[0]);
    await database.query(
      `UPDATE sessions SET expires_at = now() - interval '1 day'`,
    );
    for (const table of ['idempotency_keys', 'bus_messages']) {
      await database.query(
        `UPDATE ${table} SET created_at = now() - interval '8 days'`,
      );
    }
    const count = async (table: string) =>
      (await database.query(`SELECT 1 FROM ${table}`)).length;
    const events = await count('events');
    await waitFor('processed messages to go', async () => {
      await cleanUpJob(service.parts).run();
      return (await count('bus_messages')) === 0;
    });
    expect(await count('sessions')).toBe(0);
    expect(await count('idempotency_keys')).toBe(0);
    expect(await count('events')).toBe(events);
    expect(await count('notifications')).toBe(1);
  });

  it('keeps messages that no consumer has processed', async () => {
    await database.query(`
      INSERT INTO bus_messages (topic, partition, "offset", key, value, headers, created_at)
      VALUES ('unread', 0, 0, '', '', '{}', now() - interval '1 year')`);
    await cleanUpJob(service.parts).run();
    const kept = await database.query(
      `SELECT 1 FROM bus_messages WHERE topic = 'unread'`,
    );
    expect(kept).toHaveLength(1);
  });
});

describe('The report', () => {
  it('counts each day, and counts it again without adding up', async () => {
    const ada = await Person.signUp(service.url);
    await ada.notify(ada, 'a');
    await ada.notify(ada, 'b');
    await waitFor('delivery', async () => (await ada.list()).body.items[1]);
    await ada.request('PUT', '/api/notifications/read', { upTo: 100 });
    const job = reportJob(service.parts.database);
    await job.run();
    await job.run();
    const rows = await database.query<Record<string, number>>(
      `SELECT sum(accepted)::int AS accepted, sum(delivered)::int AS delivered, sum(read)::int AS read FROM daily_reports`,
    );
    expect(rows).toEqual([{ accepted: 3, delivered: 3, read: 2 }]);
  });
});

describe('The user sync', () => {
  const sync = (url: string) =>
    userSyncJob({ database: service.parts.database, url, token: 't' }).run();

  async function directory(answer: unknown, status = 200) {
    const server = createServer((request, response) => {
      const known = request.headers.authorization === 'Bearer t';
      response.writeHead(known ? status : 401).end(JSON.stringify(answer));
    });
    await new Promise<void>(resolve => server.listen(0, '127.0.0.1', resolve));
    const { port } = server.address() as AddressInfo;
    return {
      url: `http://127.0.0.1:${port}/`,
      close: () => {
        server.closeAllConnections();
        server.close();
      },
    };
  }

  it('adds, renames and signs out', async () => {
    const ada = await Person.signUp(service.url, 'Ada');
    const users = [
      { email: ada.email.toUpperCase(), name: 'Countess', active: false },
      { email: 'new@example.com', name: 'New', active: true },
    ];
    const source = await directory({ users });
    await sync(source.url);
    await sync(source.url);
    source.close();
    expect((await ada.list()).status).toBe(401);
    const rows = await database.query(
      `SELECT name, active FROM users WHERE email IN ('${ada.email}', 'new@example.com') ORDER BY name`,
    );
    expect(rows).toEqual([
      { name: 'Countess', active: false },
      { name: 'New', active: true },
    ]);
    const grace = await Person.signUp(service.url);
    const answer = await grace.request(
      'POST',
      '/api/notifications',
      { to: 'new@example.com', kind: 'info', title: 'Welcome' },
      { 'idempotency-key': 'welcome-new' },
    );
    expect(answer.status).toBe(201);
  });

  it.each([
    [
      { users: [{ email: 'x' }] },
      200,
      'USER_DIRECTORY_URL: the answer is invalid: /users/0',
    ],
    [{}, 503, 'USER_DIRECTORY_URL: the directory returned 503'],
  ])(
    'changes nothing after the answer %j %d',
    async (answer, status, message) => {
      const source = await directory(answer, status);
      const before = await database.query('SELECT 1 FROM users');
      await expect(sync(source.url)).rejects.toThrow(message);
      source.close();
      expect(await database.query('SELECT 1 FROM users')).toHaveLength(
        before.length,
      );
    },
  );
});

describe('The retention', () => {
  it('removes notifications and their events after the retention, and no others', async () => {
    const ada = await Person.signUp(service.url);
    for (const title of ['old', 'new']) await ada.notify(ada, title);
    await waitFor('delivery', async () => (await ada.list()).body.items[1]);
    await ada.request('PUT', '/api/notifications/read', { upTo: 100 });
    await database.query(`
      UPDATE events SET at = now() - interval '31 days' WHERE notification_id IN (
        SELECT id FROM notifications WHERE title = 'old')`);
    const events = async (title: string) =>
      (
        await database.query(
          `SELECT 1 FROM events JOIN notifications n ON n.id = notification_id WHERE title = '${title}'`,
        )
      ).length;
    const all = async () =>
      (await database.query('SELECT 1 FROM events')).length;
    const before = await all();
    expect(await events('old')).toBe(3);
    const { parts } = service;
    await cleanUpJob({ ...parts, retentionDays: 30 }).run();
    expect(await all()).toBe(before - 3);
    expect(await events('new')).toBe(3);
    // Nothing comes back.
    await rebuildProjection(parts);
    const { body } = await ada.request('GET', '/api/notifications?limit=9');
    expect(body.items.map(({ title }) => title)).toEqual(['new']);
  });
});
