import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { eraseUser } from '../../src/accounts/eraseUser.js';
import { eventsTopic } from '../../src/bus/topics.js';
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
  service = await NotificationService.start({
    ...config,
    NOTIFICATIONS_PER_MINUTE: 3,
  });
});
afterAll(async () => {
  await service.close();
  await database.drop();
});

/** The tables in which the text occurs, as text or as bytes. */
async function tablesWith(text: string): Promise<string[]> {
  const tables = await database.query<{ name: string }>(
    `SELECT tablename AS name FROM pg_tables WHERE schemaname = 'public'`,
  );
  const bytes = Buffer.from(text).toString('hex');
  const found = [];
  for (const { name } of tables) {
    const rows = await database.query(
      `SELECT 1 FROM "${name}" AS row WHERE row::text ~ '${text}|${bytes}' LIMIT 1`,
    );
    if (rows.length > 0) found.push(name);
  }
  return found;
}

async function idOf(person: Person): Promise<string> {
  const [row] = await database.query<{ id: string }>(
    `SELECT id FROM users WHERE email = '${person.email}'`,
  );
  return row?.id ?? '';
}

const publish = (userId: string, value: string) =>
  service.parts.adapters.eventBus.publish([
    {
      topic: eventsTopic.name,
      key: userId,
      value: Buffer.from(value),
      headers: {},
    },
  ]);

const waitForDeadLetter = () =>
  waitFor(
    'dead letter',
    async () => (await service.parts.deadLetters.countOpen()) > 0,
  );

it('erases an account and what was sent to it, from every table', async () => {
  const [ada, grace] = [
    await Person.signUp(service.url, 'Ada'),
    await Person.signUp(service.url, 'Grace'),
  ];
  const adaId = await idOf(ada);
  await grace.notify(ada, 'to Ada');
  await grace.notify(grace, 'to Grace');
  await publish(adaId, 'unreadable');
  await waitForDeadLetter();
  await waitFor('delivery', async () => (await ada.list()).body.items[0]);
  expect(await tablesWith(adaId)).toEqual(
    expect.arrayContaining(['bus_messages', 'dead_letters', 'events']),
  );

  expect(await eraseUser(service.parts, ada.email.toUpperCase())).toBe(adaId);

  expect(await tablesWith(adaId)).toEqual([]);
  expect(await tablesWith(ada.email)).toEqual([]);
  expect((await ada.list()).status).toBe(401);
  expect((await grace.list()).body.items).toHaveLength(1);
  expect(await eraseUser(service.parts, ada.email)).toBeUndefined();
});

it('a message that arrives after its user was erased is skipped', async () => {
  const grace = await Person.signUp(service.url, 'Grace');
  const erased = randomUUID();
  const event = {
    type: 'notification.created',
    version: 1,
    userId: erased,
    eventId: 1,
    notificationId: randomUUID(),
    at: new Date().toISOString(),
    data: { kind: 'info', title: 'x', body: '', from: 'x' },
  };
  await publish(erased, JSON.stringify(event));
  // The same partition, so it is processed later.
  await publish(erased, 'after it');
  await waitForDeadLetter();
  const [letter] = await service.parts.deadLetters.list(5);
  expect(letter?.value.toString()).toBe('after it');
  expect(await service.parts.deadLetters.countOpen()).toBe(1);
  expect((await grace.list()).status).toBe(200);
});

it('limits how much an account sends, and says when to try again', async () => {
  const grace = await Person.signUp(service.url, 'Grace');
  for (let sent = 0; sent < 3; sent += 1) {
    expect((await grace.notify(grace, 'x')).status).toBe(201);
  }
  const answer = await grace.notify(grace, 'x');
  expect(answer.status).toBe(429);
  expect(Number(answer.headers.get('retry-after'))).toBeGreaterThan(0);
});
