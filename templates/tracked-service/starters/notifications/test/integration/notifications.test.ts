import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
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
  // The login of the service may only read and write rows.
  const { config } = await database.migrate();
  service = await NotificationService.start(config);
});
afterAll(async () => {
  await service.close();
  await database.drop();
});

const signUp = (name?: string) => Person.signUp(service.url, name);
const delivered = (person: Person, count: number) =>
  waitFor(`${count} notifications`, async () => {
    const { body } = await person.list();
    return body.items.length >= count && body;
  });

describe('Notifications', () => {
  it('are stored, delivered and listed, newest first', async () => {
    const [ada, grace] = [await signUp('Ada'), await signUp('Grace')];
    const answer = await ada.request(
      'POST',
      '/api/notifications',
      {
        to: grace.email.toUpperCase(),
        kind: 'warning',
        title: 'Disk full',
        body: 'a\nb',
      },
      { 'idempotency-key': randomUUID() },
    );
    expect(answer.status).toBe(201);
    expect(answer.body).toMatchObject({ from: 'Ada', status: 'accepted' });
    await delivered(grace, 1);
    await ada.notify(grace, 'Second');
    const list = await delivered(grace, 2);
    expect(list.items.map(({ title }) => title)).toEqual([
      'Second',
      'Disk full',
    ]);
    expect(list).toMatchObject({ unread: 2, lastEventId: 4 });
    expect((await ada.list()).body.items).toEqual([]);
  });

  it('are accepted once for each key', async () => {
    const ada = await signUp();
    const key = randomUUID();
    const answers = await Promise.all(
      Array.from({ length: 5 }, () => ada.notify(ada, 'Once', key)),
    );
    expect(answers.map(({ status }) => status)).toEqual(Array(5).fill(201));
    expect(new Set(answers.map(({ body }) => body.id)).size).toBe(1);
    const replays = answers.filter(
      ({ headers }) => headers.get('idempotency-replayed') === 'true',
    );
    expect(replays).toHaveLength(4);
    await delivered(ada, 1);
    expect((await ada.list()).body.items).toHaveLength(1);

    const other = await ada.notify(ada, 'Another content', key);
    expect(other.status).toBe(422);
    expect(other.body.detail).toBe(
      'This Idempotency-Key belongs to a notification with another content',
    );
  });

  it('are marked as read, one or all', async () => {
    const ada = await signUp();
    for (const title of ['1', '2', '3']) await ada.notify(ada, title);
    const { items, lastEventId } = await delivered(ada, 3);
    const id = items[0]?.id ?? '';
    const first = await ada.request('PUT', `/api/notifications/${id}/read`);
    const again = await ada.request('PUT', `/api/notifications/${id}/read`);
    expect([first.status, again.status]).toEqual([204, 204]);
    expect((await ada.list()).body.unread).toBe(2);
    const all = await ada.request('PUT', '/api/notifications/read', {
      upTo: lastEventId,
    });
    expect(all.body).toEqual({ marked: 2 });
    const list = (await ada.list()).body;
    expect(list.unread).toBe(0);
    expect(list.items.every(({ readAt }) => readAt)).toBe(true);
  });

  it('come in pages', async () => {
    const ada = await signUp();
    for (let index = 1; index <= 5; index += 1) {
      await ada.notify(ada, String(index));
    }
    await delivered(ada, 5);
    const titles: string[] = [];
    let query = 'limit=2';
    for (;;) {
      const { body } = await ada.request('GET', `/api/notifications?${query}`);
      titles.push(...body.items.map(({ title }) => title));
      if (!body.nextBefore) break;
      query = `limit=2&before=${body.nextBefore}`;
    }
    expect(titles).toEqual(['5', '4', '3', '2', '1']);
  });

  it('are cached until something changes', async () => {
    const ada = await signUp();
    const source = async () => (await ada.list()).headers.get('x-cache');
    expect(await source()).toBe('miss');
    expect(await source()).toBe('hit');
    await ada.notify(ada, 'New');
    await delivered(ada, 1);
    expect(await source()).toBe('hit');
    const page = await ada.request('GET', '/api/notifications?limit=1');
    expect(page.headers.get('x-cache')).toBe('bypass');
  });
});

describe('Bad input', () => {
  it.each([
    [{ kind: 'info', title: 'x' }, "body must have required property 'to'"],
    [
      { to: 'a@b.example', kind: 'loud', title: 'x' },
      'body/kind must be equal to one of the allowed values',
    ],
    [
      { to: 'a@b.example', kind: 'info', title: '' },
      'body/title must NOT have fewer than 1 characters',
    ],
    [
      { to: 'a@b.example', kind: 'info', title: 'x'.repeat(121) },
      'body/title must NOT have more than 120 characters',
    ],
    [
      { to: 'a@b.example', kind: 'info', title: 'x\u0000' },
      'body/title must match pattern',
    ],
    [
      { to: 'a@b.example', kind: 'info', title: 'x', body: 'x'.repeat(2_001) },
      'body/body must NOT have more than 2000 characters',
    ],
    [
      { to: 'a@b.example', kind: 'info', title: 'x', extra: 1 },
      'body must NOT have additional properties',
    ],
  ])('%j is rejected', async (content, detail) => {
    const ada = await signUp();
    const answer = await ada.request('POST', '/api/notifications', content, {
      'idempotency-key': randomUUID(),
    });
    expect(answer.status).toBe(400);
    expect(answer.body.detail).toContain(detail);
  });

  it('without a key is rejected', async () => {
    const ada = await signUp();
    const answer = await ada.request('POST', '/api/notifications', {
      to: ada.email,
      kind: 'info',
      title: 'x',
    });
    expect(answer.status).toBe(400);
    expect(answer.body.detail).toBe(
      "headers must have required property 'idempotency-key'",
    );
  });

  it('of 1 MB is rejected', async () => {
    const ada = await signUp();
    const answer = await ada.request(
      'POST',
      '/api/notifications',
      { to: ada.email, kind: 'info', title: 'x', body: 'x'.repeat(1_000_000) },
      { 'idempotency-key': randomUUID() },
    );
    expect(answer.status).toBe(413);
    expect(answer.body.detail).toBe('Request body is too large');
  });

  it('for somebody unknown is rejected', async () => {
    const ada = await signUp();
    const answer = await ada.request(
      'POST',
      '/api/notifications',
      { to: 'nobody@example.com', kind: 'info', title: 'x' },
      { 'idempotency-key': randomUUID() },
    );
    expect(answer.status).toBe(404);
    expect(answer.body.detail).toBe('There is no such user');
  });

  it('about somebody else is answered as if it did not exist', async () => {
    const [ada, grace] = [await signUp(), await signUp()];
    await ada.notify(ada, 'Private');
    const { items } = await delivered(ada, 1);
    const id = items[0]?.id ?? '';
    const answer = await grace.request('PUT', `/api/notifications/${id}/read`);
    expect(answer.status).toBe(404);
    expect((await ada.list()).body.unread).toBe(1);
  });

  it.each(['limit=0', 'limit=101', 'limit=x', 'before=0', 'page=2'])(
    'in the query %s is rejected',
    async query => {
      const ada = await signUp();
      const answer = await ada.request('GET', `/api/notifications?${query}`);
      expect(answer.status).toBe(400);
    },
  );

  it('without a session is rejected', async () => {
    const answer = await fetch(`${service.url}/api/notifications`);
    expect(answer.status).toBe(401);
  });

  it("from another site's page is rejected", async () => {
    const ada = await signUp();
    const answer = await ada.request(
      'PUT',
      '/api/notifications/read',
      { upTo: 1 },
      { 'sec-fetch-site': 'cross-site' },
    );
    expect(answer.status).toBe(403);
  });
});

describe('Administration', () => {
  it.each([
    'GET /api/admin/figures',
    'GET /api/admin/reports',
    'GET /api/admin/dead-letters',
    'GET /admin/jobs',
    'GET /admin/jobs/api/queues',
  ])('%s is for administrators only', async route => {
    const [method = '', path = ''] = route.split(' ');
    const ada = await signUp();
    expect((await ada.request(method, path)).status).toBe(403);
    expect((await fetch(`${service.url}${path}`)).status).toBe(401);
    await makeAdmin(ada);
    expect((await ada.request(method, path)).status).toBe(200);
  });

  it('shows the figures of the service', async () => {
    const ada = await signUp();
    await makeAdmin(ada);
    const figures = await waitFor('scheduled jobs', async () => {
      const { body } = await ada.request('GET', '/api/admin/figures');
      const { jobs } = body as unknown as { jobs: { delayed: number } };
      return jobs.delayed >= 2 && body;
    });
    expect(figures).toMatchObject({
      outbox: { waiting: 0 },
      consumerLag: 0,
      deadLetters: { open: 0 },
    });
  });

  it('says which instance answers and what runs', async () => {
    const answer = await fetch(`${service.url}/api/about`);
    expect(await answer.json()).toEqual({
      instanceId: 'api-test',
      zone: 'zone-a',
      adapters: {
        eventBus: 'postgresql',
        jobQueue: 'postgresql',
        cache: 'in-process',
        fanOut: 'postgresql',
      },
    });
  });
});

async function makeAdmin(person: Person): Promise<void> {
  await database.query(
    `UPDATE users SET role = 'admin' WHERE email = '${person.email}'`,
  );
}
