import { randomUUID } from 'node:crypto';
import pg from 'pg';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { eventsTopic } from '../../src/bus/topics.js';
import { NotificationService } from '../support/NotificationService.js';
import { Person } from '../support/Person.js';
import {
  createTestDatabase,
  type TestDatabase,
} from '../support/testDatabase.js';
import { waitFor } from '../support/waitFor.js';

/** More than the attempts after which a message becomes a dead letter. */
const canceledStatements = 6;

let database: TestDatabase;
let service: NotificationService;
let ada: Person;
let adaId: string;
let other: pg.Client;

beforeAll(async () => {
  database = await createTestDatabase();
  const { config } = await database.migrate();
  service = await NotificationService.start({
    ...config,
    DATABASE_STATEMENT_TIMEOUT_MS: 300,
  });
  ada = await Person.signUp(service.url);
  const [row] = await database.query<{ id: string }>(
    `SELECT id FROM users WHERE email = '${ada.email}'`,
  );
  adaId = row?.id ?? '';
  other = new pg.Client({ connectionString: database.url });
  await other.connect();
});
afterAll(async () => {
  await other.end();
  await service.close();
  await database.drop();
});

/** Runs `work` while another session holds the lock of the user's stream. */
async function whileLocked(work: () => Promise<void>): Promise<void> {
  await other.query('BEGIN');
  await other.query('SELECT FROM event_streams FOR UPDATE');
  try {
    await work();
  } finally {
    await other.query('ROLLBACK');
  }
}

describe('While a row stays locked', () => {
  it('a request gets 503 and Retry-After, and succeeds with the same key afterwards', async () => {
    const key = randomUUID();
    await whileLocked(async () => {
      const answer = await ada.notify(ada, 'locked', key);
      expect(answer.status).toBe(503);
      expect(answer.headers.get('retry-after')).toBe('1');
    });
    expect((await ada.notify(ada, 'locked', key)).status).toBe(201);
  });

  it('a message is no dead letter, and is delivered afterwards', async () => {
    const notificationId = randomUUID();
    await database.query(`
      INSERT INTO notifications (id, user_id, kind, title, body, "from", created_at)
      VALUES ('${notificationId}', '${adaId}', 'info', 'late', '', 'x', now())`);
    await whileLocked(async () => {
      await publishCreated(notificationId);
      await waitForCanceledStatements();
    });
    await waitFor('delivery', async () => {
      const { body } = await ada.list();
      return body.items.some(({ id }) => id === notificationId);
    });
    expect(await service.parts.deadLetters.countOpen()).toBe(0);
  });
});

async function publishCreated(notificationId: string): Promise<void> {
  const value = JSON.stringify({
    type: 'notification.created',
    version: 1,
    userId: adaId,
    eventId: 1,
    notificationId,
    at: new Date().toISOString(),
    data: { kind: 'info', title: 'late', body: '', from: 'x' },
  });
  await service.parts.adapters.eventBus.publish([
    {
      topic: eventsTopic.name,
      key: adaId,
      value: Buffer.from(value),
      headers: {},
    },
  ]);
}

async function waitForCanceledStatements(): Promise<void> {
  const seen = new Set<string>();
  await waitFor('canceled statements', async () => {
    const rows = await database.query<{ at: string }>(`
      SELECT query_start::text AS at FROM pg_stat_activity
      WHERE datname = current_database() AND wait_event_type = 'Lock'`);
    for (const { at } of rows) seen.add(at);
    return seen.size > canceledStatements;
  });
}
