import { afterAll, beforeAll, expect, it } from 'vitest';
import { NotificationService } from '../support/NotificationService.js';
import { Person } from '../support/Person.js';
import {
  createTestDatabase,
  type TestDatabase,
} from '../support/testDatabase.js';

let database: TestDatabase;
let service: NotificationService;

beforeAll(async () => {
  database = await createTestDatabase();
  const { config } = await database.migrate();
  service = await NotificationService.start(config, { worker: false });
});
afterAll(async () => {
  await service.close();
  await database.drop();
});

it('readiness reports an outbox that no worker publishes, and the instance keeps serving', async () => {
  const ada = await Person.signUp(service.url);
  await ada.notify(ada, 'x');
  expect(await readiness()).toMatchObject({
    status: 'ready',
    dependencies: { outbox: 'up' },
  });
  await database.query(
    `UPDATE outbox SET created_at = now() - interval '2 minutes'`,
  );
  expect(await readiness()).toMatchObject({
    status: 'ready',
    dependencies: { outbox: 'down' },
  });
});

async function readiness(): Promise<unknown> {
  return (await fetch(`${service.url}/healthz/ready`)).json();
}
