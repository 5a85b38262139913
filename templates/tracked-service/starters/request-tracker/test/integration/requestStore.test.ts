import {
  connect,
  createServer,
  type AddressInfo,
  type Server,
  type Socket,
} from 'node:net';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { DatabasePool } from '../../src/database/DatabasePool.js';
import { DatabaseRequestStore } from '../../src/requests/DatabaseRequestStore.js';
import { deleteExpiredRequests } from '../../src/requests/createRetentionTasks.js';
import { IdempotencyConflictError } from '../../src/requests/types.js';
import { EnvironmentCredentials } from '../../src/secrets/EnvironmentCredentials.js';
import {
  createTestDatabase,
  silentLogger,
  type TestDatabase,
} from '../support/testDatabase.js';

const input = { subject: 'Printer is on fire', requester: 'ada' };
const first = { id: 'web-1', zone: 'zone-a' };
const second = { id: 'web-2', zone: 'zone-b' };
let database: TestDatabase;
let pool: DatabasePool;

beforeAll(async () => {
  database = await createTestDatabase();
  const { config } = await database.migrate();
  pool = new DatabasePool({
    config,
    credentials: new EnvironmentCredentials(config),
    logger: silentLogger,
  });
});

beforeEach(async () => {
  await database.query('TRUNCATE requests CASCADE');
});

afterAll(async () => {
  await pool.close();
  await database.drop();
});

function storeOf(instance: { id: string; zone: string }): DatabaseRequestStore {
  return new DatabaseRequestStore({ database: pool, instance });
}

describe('DatabaseRequestStore', () => {
  it('stores every step with the instance that handled it', async () => {
    const { request } = await storeOf(first).create(input);
    await storeOf(second).changeStatus(request.id, 'in_progress');
    await storeOf(second).changeStatus(request.id, 'in_progress');
    const done = await storeOf(first).changeStatus(request.id, 'done');

    expect(done).toMatchObject({
      ...input,
      status: 'done',
      handledBy: { instanceId: 'web-1', zone: 'zone-a' },
    });
    expect(
      done?.events.map(event => [event.status, event.handledBy.instanceId]),
    ).toEqual([
      ['open', 'web-1'],
      ['in_progress', 'web-2'],
      ['done', 'web-1'],
    ]);
    expect(await storeOf(second).find(request.id)).toEqual(done);
  });

  it('writes once for one idempotency key, however many instances get it at the same time', async () => {
    const results = await Promise.all(
      Array.from({ length: 20 }, (_, index) =>
        storeOf(index % 2 ? first : second).create(input, 'key-1'),
      ),
    );

    expect(new Set(results.map(result => result.request.id)).size).toBe(1);
    expect(results.filter(result => !result.replayed)).toHaveLength(1);
    expect(await rowCount('requests')).toBe(1);
    expect(await rowCount('request_events')).toBe(1);
  });

  it('writes once if the response to COMMIT is lost', async () => {
    const location = await new EnvironmentCredentials(database.config).fetch();
    const proxy = new CuttingProxy(location);
    const port = await proxy.listen();
    const throughProxy = new DatabasePool({
      config: database.config,
      credentials: {
        fetch: async () => ({ ...location, host: '127.0.0.1', port }),
      },
      logger: silentLogger,
    });
    const store = new DatabaseRequestStore({
      database: throughProxy,
      instance: first,
    });

    proxy.cutsLeft = 2;
    const { request, replayed } = await store.create({
      subject: 'cut',
      requester: 'ada',
    });

    expect(proxy.cutsLeft).toBe(0);
    expect(replayed).toBe(false);
    const rows = await database.query<{ id: string }>(
      `SELECT id FROM requests WHERE subject = 'cut'`,
    );
    expect(rows).toEqual([{ id: request.id }]);
    await throughProxy.close();
    await proxy.close();
  });

  it('rejects a key with another body', async () => {
    await storeOf(first).create(input, 'key-2');

    await expect(
      storeOf(second).create({ ...input, requester: 'grace' }, 'key-2'),
    ).rejects.toBeInstanceOf(IdempotencyConflictError);
    expect(await rowCount('requests')).toBe(1);
  });

  it('pages through all requests newest first, by instance if requested', async () => {
    const ids: string[] = [];
    for (let index = 0; index < 5; index += 1) {
      const { request } = await storeOf(index % 2 ? second : first).create(
        input,
      );
      ids.unshift(request.id);
    }

    const read: string[] = [];
    for (let cursor: string | undefined; ;) {
      const page = await storeOf(first).list({
        limit: 2,
        ...(cursor && { cursor }),
      });
      read.push(...page.map(request => request.id));
      cursor = page.at(-1)?.id;
      if (page.length < 2) break;
    }
    expect(read).toEqual(ids);

    const handled = await storeOf(first).list({
      limit: 9,
      instanceId: 'web-2',
    });
    expect(handled).toHaveLength(2);
  });

  it('finds nothing for a request that does not exist', async () => {
    const id = '01a1fd7f-2d64-7762-a511-e3bd59dbcd79';
    expect(await storeOf(first).find(id)).toBeUndefined();
    expect(await storeOf(first).changeStatus(id, 'done')).toBeUndefined();
  });

  it('deletes requests older than the retention, and only those', async () => {
    const { request: old } = await storeOf(first).create(input);
    const { request: young } = await storeOf(first).create(input);
    await database.query(
      `UPDATE requests SET created_at = now() - interval '25 hours' WHERE id = '${old.id}'`,
    );

    expect(await deleteExpiredRequests(pool, 24)).toBe(1);
    expect(await deleteExpiredRequests(pool, 24)).toBe(0);
    expect(await storeOf(first).find(old.id)).toBeUndefined();
    expect(await storeOf(first).find(young.id)).toBeDefined();
    expect(await rowCount('request_events')).toBe(1);
  });
});

async function rowCount(table: string): Promise<number> {
  const [row] = await database.query<{ count: number }>(
    `SELECT count(*)::int AS count FROM ${table}`,
  );
  return row?.count ?? 0;
}

/** TCP proxy in front of PostgreSQL that can lose the response to a COMMIT, as a failover does at the worst moment. */
class CuttingProxy {
  readonly #server: Server;
  readonly #sockets = new Set<Socket>();
  /** How many of the next COMMITs reach the server without their response reaching the client. */
  cutsLeft = 0;

  constructor(target: { host: string; port: number }) {
    this.#server = createServer(client => {
      const upstream = connect(target);
      this.#sockets.add(client).add(upstream);
      let cut = false;
      client.on('data', data => {
        if (this.cutsLeft > 0 && data.includes('COMMIT')) {
          this.cutsLeft -= 1;
          cut = true;
        }
        upstream.write(data);
      });
      upstream.on('data', data => {
        if (cut) client.destroy();
        else client.write(data);
      });
      client.on('close', () => upstream.destroy()).on('error', ignore);
      upstream.on('close', () => client.destroy()).on('error', ignore);
    });
  }

  async listen(): Promise<number> {
    await new Promise<void>(resolve =>
      this.#server.listen(0, '127.0.0.1', resolve),
    );
    return (this.#server.address() as AddressInfo).port;
  }

  async close(): Promise<void> {
    for (const socket of this.#sockets) socket.destroy();
    await new Promise(resolve => this.#server.close(resolve));
  }
}

function ignore(): void {
  // The other side of a cut connection may report an error, which is the purpose of this proxy.
}
