import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { eventsTopic } from '../../src/bus/topics.js';
import { NotificationService } from '../support/NotificationService.js';
import { Person, titlesOf } from '../support/Person.js';
import {
  createTestDatabase,
  type TestDatabase,
} from '../support/testDatabase.js';
import { waitFor } from '../support/waitFor.js';

let database: TestDatabase;
let service: NotificationService;
let ada: Person;
let adaId: string;

beforeAll(async () => {
  database = await createTestDatabase();
  const { config } = await database.migrate();
  service = await NotificationService.start(config);
  ada = await Person.signUp(service.url);
  const [row] = await database.query<{ id: string }>(
    `UPDATE users SET role = 'admin' WHERE email = '${ada.email}' RETURNING id`,
  );
  adaId = row?.id ?? '';
});
afterAll(async () => {
  await service.close();
  await database.drop();
});

const publish = (...values: string[]) =>
  service.parts.adapters.eventBus.publish(
    values.map(value => ({
      topic: eventsTopic.name,
      key: adaId,
      value: Buffer.from(value),
      headers: {},
    })),
  );

const event = (changes: object = {}) =>
  JSON.stringify({
    type: 'notification.created',
    version: 1,
    userId: adaId,
    eventId: 1,
    notificationId: randomUUID(),
    at: new Date().toISOString(),
    data: { kind: 'info', title: 'x', body: '', from: 'x' },
    ...changes,
  });

const unknownId = '00000000-0000-4000-8000-000000000000';

async function deadLetterWith(value: string) {
  return waitFor('dead letter', async () => {
    const { body } = await ada.request('GET', '/api/admin/dead-letters');
    return body.items.find(item => item.value === value);
  });
}

describe('A message that cannot be processed', () => {
  it.each([
    ['no JSON', () => '{"type":', 'The message is not JSON'],
    ['nothing', () => '', 'The message is not JSON'],
    [
      'no event',
      () => '[1]',
      'The message is no event: type and version are missing or invalid',
    ],
    [
      'an unknown type',
      () => event({ type: 'notification.exploded' }),
      'The event type "notification.exploded" is unknown',
    ],
    [
      'a version from the future',
      () => event({ version: 2 }),
      'Version 2 of "notification.created" is newer than this release, which understands 1. Replay it after an update',
    ],
    [
      'an invalid field',
      () => event({ userId: 'x' }),
      'The event "notification.created" is invalid: /userId must match format "uuid"',
    ],
    [
      'an unknown notification',
      () => event({ notificationId: unknownId }),
      `There is no notification ${unknownId} for the user`,
    ],
  ])(
    'because it is %s becomes a dead letter, and the next one is processed',
    async (_what, write, reason) => {
      const value = write();
      await publish(value);
      const answer = await ada.notify(ada, 'after it');
      const letter = await deadLetterWith(value);
      expect(letter.reason).toContain(reason);
      await waitFor('the next one', async () => {
        const { body } = await ada.list();
        return body.items.some(item => item.id === answer.body.id);
      });
    },
  );

  it('is replayed, and processed if it can be now', async () => {
    const notificationId = randomUUID();
    const value = event({ notificationId });
    await publish(value);
    const letter = await deadLetterWith(value);
    // What was missing arrives later.
    await database.query(`
      INSERT INTO notifications (id, user_id, kind, title, body, "from", created_at)
      VALUES ('${notificationId}', '${adaId}', 'info', 'late', '', 'x', now())`);
    const replay = `/api/admin/dead-letters/${letter.id}/replay`;
    expect((await ada.request('POST', replay)).status).toBe(202);
    expect((await ada.request('POST', replay)).status).toBe(202);
    await waitFor('delivery', async () => {
      const { body } = await ada.list();
      return body.items.some(item => item.title === 'late');
    });
    expect((await deadLetterWith(value)).replayedAt).not.toBeNull();
    expect(await deliveries(notificationId)).toBe(1);
  });

  it('is a dead letter of its own after the topic was recreated and its offsets start again', async () => {
    await publish('before');
    const before = await deadLetterWith('before');
    await database.query(`
      UPDATE bus_partitions SET next_offset = next_offset - 1 WHERE topic = '${eventsTopic.name}' AND partition = ${before.partition};
      UPDATE bus_offsets SET next_offset = next_offset - 1 WHERE topic = '${eventsTopic.name}' AND partition = ${before.partition};
      DELETE FROM bus_messages WHERE topic = '${eventsTopic.name}' AND partition = ${before.partition} AND "offset" = ${before.offset}`);
    await publish('after');
    const after = await deadLetterWith('after');
    expect(after.offset).toBe(before.offset);
    expect((await deadLetterWith('before')).id).toBe(before.id);
  });

  it('that does not exist cannot be replayed', async () => {
    const answer = await ada.request(
      'POST',
      `/api/admin/dead-letters/${unknownId}/replay`,
    );
    expect(answer.status).toBe(404);
  });
});

describe('A message that arrives several times', () => {
  it('delivers once', async () => {
    const { socket, events } = ada.openSocket();
    await waitFor('connection', () => socket.connected);
    const { body } = await ada.notify(ada, 'only once');
    await waitFor('event', () => events[0]);
    const copy = event({ notificationId: body.id });
    await publish(copy, copy, copy);
    await ada.notify(ada, 'then this');
    await waitFor('next event', () => events[1]);
    expect(titlesOf(events)).toEqual(['only once', 'then this']);
    expect(await deliveries(body.id)).toBe(1);
    socket.close();
  });
});

async function deliveries(notificationId: string): Promise<number> {
  const rows = await database.query(
    `SELECT 1 FROM events WHERE type = 'notification.delivered' AND notification_id = '${notificationId}'`,
  );
  return rows.length;
}
