import { afterAll, beforeAll, expect, it } from 'vitest';
import { Cluster } from '../support/Cluster.js';
import {
  createTestDatabase,
  type TestDatabase,
} from '../support/testDatabase.js';
import { waitFor } from '../support/waitFor.js';

let database: TestDatabase;
let cluster: Cluster;

beforeAll(async () => {
  database = await createTestDatabase();
  const { url } = await database.migrate();
  cluster = new Cluster({ DATABASE_URL: url, WORKER: 'child' });
});
afterAll(async () => {
  await cluster.stop();
  await database.drop();
});

/** Workers renew their place in the group every two seconds. */
async function runningWorkers(): Promise<number> {
  const [row] = await database.query<{ count: number }>(
    `SELECT count(DISTINCT member)::int AS count FROM bus_members WHERE seen_at > now() - interval '4 seconds'`,
  );
  return row?.count ?? 0;
}

it('ends the worker when the API is killed', async () => {
  const api = await cluster.startApi();
  await waitFor('worker', async () => (await runningWorkers()) > 0);
  expect(await api.stop('SIGKILL')).toBeNull();
  await waitFor('no worker', async () => (await runningWorkers()) === 0);
});
