import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Config } from '../../src/config/config.js';
import { NotificationService } from '../support/NotificationService.js';
import { Person } from '../support/Person.js';
import { realKafka, titleFor } from '../support/realServers.js';
import { runCommand } from '../support/runCommand.js';
import {
  createTestDatabase,
  type TestDatabase,
} from '../support/testDatabase.js';
import { waitFor } from '../support/waitFor.js';

interface Adapters {
  readonly environment: Record<string, string>;
  close(): Promise<void>;
}

describe('The command dead-letters, with the embedded event bus', () =>
  commands(async () => ({
    environment: {},
    close: async () => Promise.resolve(),
  })));
describe.skipIf(realKafka.missing)(
  `The command dead-letters, ${titleFor(realKafka)}`,
  () =>
    commands(async () => {
      const broker = await realKafka.start();
      return {
        environment: { KAFKA_BROKERS: broker.brokers },
        close: () => broker.stop('SIGKILL'),
      };
    }),
);

function commands(open: () => Promise<Adapters>): void {
  let adapters: Adapters;
  let database: TestDatabase;
  let service: NotificationService;
  let environment: Record<string, string>;

  beforeAll(async () => {
    adapters = await open();
    database = await createTestDatabase();
    const { url, config } = await database.migrate();
    environment = { DATABASE_URL: url, ...adapters.environment };
    const { KAFKA_BROKERS } = adapters.environment;
    const kafka: Partial<Config> = KAFKA_BROKERS ? { KAFKA_BROKERS } : {};
    service = await NotificationService.start({ ...config, ...kafka });
  }, 180_000);
  afterAll(async () => {
    await service.close();
    await adapters.close();
    await database.drop();
  });

  /** As `npm run dead-letters -- …` does. */
  const run = (...options: string[]) =>
    runCommand('deadLetters', options, environment);

  it('lists a poison message with its reason, and replays it after the fix, shown once', async () => {
    const ada = await Person.signUp(service.url);
    const { socket, events } = ada.openSocket();
    await waitFor('connection', () => socket.connected);
    const [row] = await database.query<{ id: string }>(
      `SELECT id FROM users WHERE email = '${ada.email}'`,
    );
    const userId = row?.id ?? '';
    const notificationId = randomUUID();
    const event = {
      type: 'notification.created',
      version: 1,
      userId,
      eventId: 1,
      notificationId,
      at: new Date().toISOString(),
      data: { kind: 'info', title: 'late', body: '', from: 'x' },
    };
    await service.parts.adapters.eventBus.publish([
      {
        topic: 'notifications.events',
        key: userId,
        value: Buffer.from(JSON.stringify(event)),
        headers: {},
      },
    ]);
    const listed = await waitFor('dead letter', async () => {
      const { output } = await run('list');
      return output.includes(notificationId) && output;
    });
    expect(listed).toContain(`There is no notification ${notificationId}`);
    const id = /^[0-9a-f-]{36}/.exec(listed)?.[0] ?? '';

    await database.query(`
      INSERT INTO notifications (id, user_id, kind, title, body, "from", created_at)
      VALUES ('${notificationId}', '${userId}', 'info', 'late', '', 'x', now())`);
    const replayed = { code: 0, output: `${id} was published again\n` };
    expect(await run('replay', id)).toEqual(replayed);
    expect(await run('replay', id)).toEqual(replayed);
    await ada.notify(ada, 'after it');
    await waitFor('both', () => events.length >= 2);
    expect(events.map(({ type }) => type)).toEqual([
      'notification',
      'notification',
    ]);
    const { body } = await ada.list();
    expect(body.items.map(({ title }) => title)).toEqual(['after it', 'late']);
    expect((await run('list')).output).toContain('replayed');
    expect(await run('replay', '--all')).toEqual({
      code: 0,
      output: 'There is nothing to replay.\n',
    });
    socket.close();
  });

  it.each(['abc', randomUUID()])('refuses the id %s', async id => {
    expect(await run('replay', id)).toEqual({
      code: 1,
      output: `There is no dead letter ${id}; "list" shows their ids\n`,
    });
  });

  it.each([
    { options: [], reason: 'The command is missing.' },
    { options: ['purge'], reason: 'There is no command "purge".' },
    {
      options: ['replay'],
      reason: 'Name the ids to replay, or --all, not both.',
    },
    { options: ['list', '--every'], reason: "Unknown option '--every'" },
  ])('refuses the arguments $options', async ({ options, reason }) => {
    const { code, output } = await run(...options);
    expect(code).toBe(2);
    expect(output.startsWith(reason)).toBe(true);
    expect(output).toContain('Usage: npm run dead-letters -- list');
  });
}
