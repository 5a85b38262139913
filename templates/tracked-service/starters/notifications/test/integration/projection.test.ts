import { afterAll, beforeAll, expect, it } from 'vitest';
import { rebuildProjection } from '../../src/events/rebuildProjection.js';
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

it('rebuilds the notifications from the events while the service writes and reads', async () => {
  const people = await Promise.all(
    Array.from({ length: 3 }, () => Person.signUp(service.url)),
  );
  const [ada] = people;
  if (!ada) throw new Error('nobody');
  for (const person of people) {
    for (let index = 0; index < 20; index += 1) {
      await person.notify(person, `before ${index}`);
    }
  }
  const complete = (count: number) =>
    waitFor(`${count} delivered`, async () => (await delivered()) === count);
  await complete(60);
  await ada.request('PUT', '/api/notifications/read', { upTo: 10_000 });
  const before = await rows();

  // A mistake in the projection, as a release with a fault would make it.
  await database.query(
    `UPDATE notifications SET title = 'wrong', read_at = NULL WHERE title LIKE 'before 1%'`,
  );
  // An object, because the compiler does not expect other code to change a variable meanwhile.
  const work = { writing: true };
  const writer = (async () => {
    let count = 0;
    for (; work.writing || count < 5; count += 1) {
      await ada.notify(ada, `meanwhile ${count}`);
    }
    return count;
  })();
  const shortest: number[] = [];
  const reader = (async () => {
    while (work.writing) {
      const { body } = await ada.request('GET', '/api/notifications?limit=100');
      shortest.push(body.items.length);
    }
  })();
  for (let round = 0; round < 5; round += 1) {
    expect(await rebuildProjection(service.parts)).toBe(3);
  }
  work.writing = false;
  const written = await writer;
  await reader;

  await complete(60 + written);
  const after = (await rows()).filter(row => row.title.startsWith('before'));
  expect(after).toEqual(before);
  expect(Math.min(...shortest)).toBeGreaterThanOrEqual(20);
  const list = await ada.request('GET', '/api/notifications?limit=100');
  const titles = list.body.items.map(item => item.title).reverse();
  expect(titles.filter(title => title.startsWith('meanwhile'))).toEqual(
    Array.from({ length: written }, (_, index) => `meanwhile ${index}`).slice(
      -80,
    ),
  );
});

async function delivered(): Promise<number> {
  const found = await database.query(
    `SELECT 1 FROM notifications WHERE event_id IS NOT NULL`,
  );
  return found.length;
}

function rows() {
  return database.query<{ title: string }>(
    `SELECT id, user_id, event_id, title, created_at, delivered_at, read_at FROM notifications ORDER BY user_id, event_id`,
  );
}
