import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { loadConfig } from '../../src/config/config.js';
import { DatabasePool } from '../../src/database/DatabasePool.js';
import { BullJobQueue } from '../../src/jobs/BullJobQueue.js';
import { postgresJobStorage } from '../../src/jobs/jobStorage.js';
import { EnvironmentCredentials } from '../../src/secrets/EnvironmentCredentials.js';
import { DatabaseProxy } from '../support/DatabaseProxy.js';
import {
  createTestDatabase,
  silentLogger as logger,
  type TestDatabase,
} from '../support/testDatabase.js';
import { waitFor } from '../support/waitFor.js';

const connectTimeoutMs = 300;
/** Several connections time out in it. */
const outageMs = 1_500;

let database: TestDatabase;
let proxy: DatabaseProxy;
let queue: BullJobQueue;
let runs: Date[];

beforeEach(async () => {
  database = await createTestDatabase();
  runs = [];
});
afterEach(async () => {
  await queue.close();
  await proxy.close();
  await database.drop();
});

/** As another process would: on its own connections, which go through the proxy. */
async function open(databaseUrl: string): Promise<void> {
  proxy = new DatabaseProxy(databaseUrl);
  const config = loadConfig({
    DATABASE_URL: await proxy.listen(),
    DATABASE_CONNECT_TIMEOUT_MS: String(connectTimeoutMs),
    LOG_LEVEL: 'silent',
  });
  const credentials = new EnvironmentCredentials(config);
  const pool = new DatabasePool({ config, credentials, logger });
  queue = new BullJobQueue({
    storage: postgresJobStorage(pool, logger),
    queueName: 'outage',
    logger,
  });
}

const start = () =>
  queue.start([
    {
      name: 'tick',
      schedule: { every: 300 },
      run: async () => {
        runs.push(new Date());
        await Promise.resolve();
      },
    },
  ]);
const outage = () => new Promise(resolve => setTimeout(resolve, outageMs));

async function expectMoreRuns(): Promise<void> {
  const before = runs.length;
  await waitFor('runs', () => runs.length >= before + 3);
}

describe('The embedded job queue', () => {
  it('starts when its first connections time out', async () => {
    const { url } = await database.migrate();
    await open(url);
    proxy.hang();
    const starting = start();
    await outage();
    proxy.resume();
    await starting;
    await expectMoreRuns();
  });

  it('closes while connections time out', async () => {
    const { url } = await database.migrate();
    await open(url);
    await start();
    proxy.hang();
    await outage();
    await queue.close();
  });

  it('closes before its first connection', async () => {
    const { url } = await database.migrate();
    await open(url);
    proxy.hang();
    void start();
    await outage();
    await queue.close();
  });

  it('starts when the database is migrated later', async () => {
    await open(database.url);
    const starting = start();
    await outage();
    await database.migrate();
    await starting;
    await expectMoreRuns();
  });

  it('keeps its schedule when connections break and time out', async () => {
    const { url } = await database.migrate();
    await open(url);
    await start();
    await expectMoreRuns();
    proxy.hang();
    await outage();
    proxy.resume();
    await expectMoreRuns();
    expect(await queue.counts()).toMatchObject({ failed: 0 });
  });
});
