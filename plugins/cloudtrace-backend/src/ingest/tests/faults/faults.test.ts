import { setTimeout as sleep } from 'node:timers/promises';
import knexFactory, { type Knex } from 'knex';
import { applyDatabaseMigrations } from '../../../database/migrations';
import { createTestToken } from '../../../testUtils/createTestToken';
import { compareRollupsWithRows } from '../../../testUtils/rollupInvariant';
import { TestPostgres } from '../../../testUtils';
import { CuttingProxy } from './CuttingProxy';
import { Sender } from './Sender';
import { startChildBackend, type ChildBackend } from './startChildBackend';

/*
 * Real backends and a durable PostgreSQL, killed and restarted under load.
 * CLOUDTRACE_FAULT_ROUNDS sets how often (default 1, for CI; 20 by hand).
 */
const ROUNDS = Number(process.env.CLOUDTRACE_FAULT_ROUNDS ?? 1);
const PATH = '/api/cloudtrace/otlp/v1/traces';

jest.setTimeout(120_000 + ROUNDS * 60_000);

describe('ingest under faults', () => {
  let postgres: TestPostgres;
  let connectionString: string;
  let knex: Knex;
  let token: string;
  /** Two replicas; each test leaves both running but the last. */
  let replicas: ChildBackend[] = [];

  beforeAll(async () => {
    postgres = await TestPostgres.start({ durable: true });
    // The name that Backstage gives the database of the plugin.
    connectionString = postgres.connectionString('backstage_plugin_cloudtrace');
    const admin = connect(postgres.connectionString());
    await admin.raw('CREATE DATABASE backstage_plugin_cloudtrace');
    await admin.destroy();
    knex = connect(connectionString);
    await applyDatabaseMigrations(knex);
    token = await createTestToken(knex, 'component:default/shop');
    // One after the other: on an empty database Backstage's scheduler cannot
    // make its tables twice at once.
    replicas = [await start(), await start()];
  });
  afterAll(async () => {
    await Promise.all(replicas.map(backend => backend.kill()));
    await knex?.destroy();
    await postgres?.stop();
  });

  const start = (port?: number) =>
    startChildBackend(postgres.connectionString(), port);

  /** The books of the sender against what is stored. */
  const expectExact = async (sender: Sender) => {
    expect(sender.acknowledged.length).toBeGreaterThan(0);
    const { rows } = await knex.raw(
      `SELECT to_hex(span_id) AS id, count(*)::int AS copies FROM requests GROUP BY 1`,
    );
    const copies = new Map<string, number>(
      rows.map((row: { id: string; copies: number }) => [
        row.id.padStart(16, '0'),
        row.copies,
      ]),
    );
    const missing = sender.acknowledged.filter(id => !copies.has(id));
    expect(missing).toEqual([]);
    expect([...copies].filter(([, count]) => count > 1)).toEqual([]);
    const compared = await compareRollupsWithRows(knex);
    expect(compared.rollups).toEqual(compared.rows);
    // Whatever went wrong, nothing was answered that makes exporters drop data.
    const allowed = ['200', '429', '502', '503', '504', 'cut'];
    expect(
      Object.keys(sender.statuses).filter(s => !allowed.includes(s)),
    ).toEqual([]);
  };

  it('keeps what it acknowledged when the backend is killed', async () => {
    const { port } = replicas[0];
    let ready = true;
    const sender = new Sender({
      token,
      url: () => (ready ? `http://127.0.0.1:${port}${PATH}` : undefined),
    });
    sender.start(4);
    for (let round = 0; round < ROUNDS; round++) {
      await sleep(500 + Math.random() * 1500);
      await replicas[0].kill();
      ready = false;
      replicas[0] = await start(port);
      ready = true;
    }
    await sleep(500);
    await sender.stop();
    await expectExact(sender);
  });

  it('keeps what it acknowledged when PostgreSQL restarts, and recovers by itself', async () => {
    const sender = new Sender({
      token,
      url: () => `http://127.0.0.1:${replicas[0].port}${PATH}`,
    });
    sender.start(4);
    for (let round = 0; round < ROUNDS; round++) {
      for (const mode of ['immediate', 'fast'] as const) {
        await sleep(500 + Math.random() * 1000);
        await postgres.down(mode);
        await sleep(200);
        await postgres.up();
      }
    }
    const before = sender.acknowledged.length;
    await sleep(5000);
    expect(sender.acknowledged.length).toBeGreaterThan(before);
    await sender.stop();
    await expectExact(sender);
    expect(sender.statuses['503'] ?? 0).toBeGreaterThan(0);
  });

  it('stores a batch once when the answer is lost and two replicas get the retries', async () => {
    const proxies = await Promise.all(
      replicas.map(({ port }) => CuttingProxy.start(port)),
    );
    proxies.forEach(proxy => {
      proxy.cutShare = 0.3;
    });
    let turn = 0;
    const sender = new Sender({
      token,
      url: () => `http://127.0.0.1:${proxies[turn++ % 2].port}${PATH}`,
    });
    sender.start(6);
    await sleep(4000);
    proxies.forEach(proxy => {
      proxy.cutShare = 0;
    });
    await sender.stop();
    expect(proxies[0].cuts + proxies[1].cuts).toBeGreaterThan(0);
    proxies.forEach(proxy => proxy.stop());
    await expectExact(sender);
  });

  it('ends on SIGTERM without losing or refusing for good', async () => {
    let live = [...replicas];
    let turn = 0;
    const sender = new Sender({
      token,
      url: () => `http://127.0.0.1:${live[turn++ % live.length].port}${PATH}`,
    });
    sender.start(4);
    await sleep(1000);
    const ending = performance.now();
    const code = replicas[0].terminate();
    await sleep(100);
    live = [replicas[1]];
    expect(await code).toBe(0);
    expect(performance.now() - ending).toBeLessThan(10_000);
    await sleep(500);
    await sender.stop();
    await expectExact(sender);
  });
});

function connect(connection: string): Knex {
  const knex = knexFactory({
    client: 'pg',
    connection,
    pool: { min: 0, max: 2 },
  });
  // Connections break when the server restarts; the next query makes new ones.
  knex.on('error', () => undefined);
  return knex;
}
