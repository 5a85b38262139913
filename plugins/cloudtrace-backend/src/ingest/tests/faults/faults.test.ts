import { setTimeout as sleep } from 'node:timers/promises';
import type { Knex } from 'knex';
import { testPostgresVersions, type TestPostgres } from '../../../testUtils';
import { CuttingProxy } from './CuttingProxy';
import { expectExact } from './expectExact';
import { Sender } from './Sender';
import { startFaultPostgres, type FaultPostgres } from './startFaultPostgres';
import { startChildBackend, type ChildBackend } from './startChildBackend';

/*
 * Kills and restarts real backends and a durable PostgreSQL under load.
 * CLOUDTRACE_FAULT_ROUNDS sets how often (default 1, for CI; 20 by hand).
 */
const ROUNDS = Number(process.env.CLOUDTRACE_FAULT_ROUNDS ?? 1);
const PATH = '/api/cloudtrace/otlp/v1/traces';

jest.setTimeout(120_000 + ROUNDS * 60_000);

describe.each(testPostgresVersions())('faults, PostgreSQL %s', version => {
  let database: FaultPostgres;
  let postgres: TestPostgres;
  let knex: Knex;
  let token: string;
  /** Two replicas; each test except the last leaves both running. */
  let replicas: ChildBackend[] = [];

  beforeAll(async () => {
    database = await startFaultPostgres({ version });
    ({ knex, token, server: postgres } = database);
    // One after the other: on an empty database, Backstage's scheduler cannot
    // create its tables twice at once.
    replicas = [await start(), await start()];
  });
  afterAll(async () => {
    await Promise.all(replicas.map(backend => backend.kill()));
    await database?.stop();
  });

  const start = (port?: number) =>
    startChildBackend(postgres.connectionString(), port);

  /** Compares a sender's records with the tables and prints the figures. */
  const check = async (what: string, rounds: number, sender: Sender) => {
    const { sent, acknowledged, found } = await expectExact(knex, sender);
    process.stdout.write(
      `PostgreSQL ${version}, ${rounds} × ${what}: ${sent} spans sent, ` +
        `${acknowledged} acknowledged, ${found} of these found once; ` +
        `answers ${JSON.stringify(sender.statuses)}\n`,
    );
  };

  it('keeps acknowledged requests when the backend is killed', async () => {
    const { port } = replicas[0];
    // Directly to the backend, even while it starts, as without a load
    // balancer.
    const sender = new Sender({
      token,
      url: () => `http://127.0.0.1:${port}${PATH}`,
    });
    sender.start(4);
    for (let round = 0; round < ROUNDS; round++) {
      await sleep(500 + Math.random() * 1500);
      await replicas[0].kill();
      replicas[0] = await start(port);
    }
    await sleep(500);
    await sender.stop();
    expect(sender.answers('503') + sender.answers('cut')).toBeGreaterThan(0);
    await check('kill -9 of the backend', ROUNDS, sender);
  });

  it('keeps acknowledged requests when PostgreSQL restarts, and recovers by itself', async () => {
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
    await check('immediate and fast restart', ROUNDS, sender);
    expect(sender.statuses['503'] ?? 0).toBeGreaterThan(0);
  });

  it('stores a batch once if the response is lost and two replicas get the retries', async () => {
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
    await check('lost answer', proxies[0].cuts + proxies[1].cuts, sender);
  });

  it('shuts down on SIGTERM without losing or finally rejecting requests', async () => {
    let live = [...replicas];
    let turn = 0;
    const sender = new Sender({
      token,
      url: () => `http://127.0.0.1:${live[turn++ % live.length].port}${PATH}`,
    });
    sender.start(4);
    await sleep(1000);
    const code = replicas[0].terminate();
    await sleep(100);
    live = [replicas[1]];
    expect(await code).toBe(0);
    await sleep(500);
    await sender.stop();
    await check('SIGTERM', 1, sender);
  });
});
