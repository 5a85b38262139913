import { setTimeout as sleep } from 'node:timers/promises';
import { mockCredentials } from '@backstage/backend-test-utils';
import { openPool } from '../../../database/distribution/openPool';
import { ensureEntity } from '../../../database/entities/ensureEntity';
import { findEntityId } from '../../../database/entities/findEntityId';
import { queryRows } from '../../../database/queryRows';
import {
  createTestToken,
  testTokenService,
} from '../../../testUtils/createTestToken';
import { LocalCitus, localCitusVersion } from '../../../testUtils/LocalCitus';
import { expectExact } from './expectExact';
import { Sender } from './Sender';
import { Senders } from './Senders';
import { signalServer } from './signalServer';
import { startChildBackend, type ChildBackend } from './startChildBackend';

/*
 * Kills, freezes and restarts servers of a distributed database under load, and
 * moves shards.
 * CLOUDTRACE_CITUS_PG is the major version of an installed PostgreSQL with the
 * extension citus; CLOUDTRACE_FAULT_ROUNDS sets how often.
 */
const VERSION = localCitusVersion();
const ROUNDS = Number(process.env.CLOUDTRACE_FAULT_ROUNDS ?? 1);
const PATH = '/api/cloudtrace/otlp/v1/traces';

/** Entities of each worker; each has a sender. */
const ENTITIES = 3;

/** How long a worker is away: longer than tokens are cached. */
const AWAY_MS = 25_000;

jest.setTimeout(180_000 + ROUNDS * 120_000);

if (!VERSION) {
  process.stderr.write(
    '\nNOT RUN: failing workers of a distributed database. Set CLOUDTRACE_CITUS_PG to the major version of a PostgreSQL with the extension citus.\n',
  );
}

(VERSION ? describe : describe.skip)('a distributed database', () => {
  let citus: LocalCitus;
  let backend: ChildBackend;
  let entities = 0;

  beforeAll(async () => {
    citus = await LocalCitus.start(VERSION!, 8);
    backend = await startBackend();
  });
  afterAll(async () => {
    await backend?.kill();
    await citus?.stop();
  });

  const startBackend = () =>
    startChildBackend(citus.coordinator.connectionString(), undefined, {
      database: { distributed: true, shardCount: 8 },
    });

  /** Starts senders of entities on a worker. */
  const send = async (worker: number) => {
    const isThere = await citus.finder(citus.workers[worker]);
    const tokens: string[] = [];
    while (tokens.length < ENTITIES) {
      const entityRef = `component:default/service-${entities++}`;
      const token = await createTestToken(citus.knex, entityRef);
      const entityId = await findEntityId(citus.knex, entityRef);
      if (isThere(entityId!)) tokens.push(token);
    }
    const senders = tokens.map(
      token =>
        new Sender({
          token,
          url: () => `http://127.0.0.1:${backend.port}${PATH}`,
        }),
    );
    return new Senders(senders);
  };

  /** Creates an entity on each worker. */
  const entityOfEach = async () => {
    const isOnFirst = await citus.finder(citus.workers[0]);
    const found = new Map<boolean, number>();
    while (found.size < 2) {
      const ref = `component:default/service-${entities++}`;
      const entityId = await ensureEntity(citus.knex, ref);
      found.set(isOnFirst(entityId), entityId);
    }
    return [found.get(true)!, found.get(false)!];
  };

  /** Compares the records of all senders with the tables. */
  const check = async (what: string, all: readonly Senders[], more: object) => {
    const books = await expectExact(citus.knex, Senders.sum(all), [
      '200',
      '503',
    ]);
    process.stdout.write(
      `${what}: ${JSON.stringify({ ...books, ...more })}, answers ${all.map(
        ({ statuses }) => JSON.stringify(statuses),
      )}\n`,
    );
    const { rows } = await citus.knex.raw(
      'SELECT count(*)::int AS left FROM pg_prepared_xacts',
    );
    expect(rows).toEqual([{ left: 0 }]);
  };

  it.each([
    ['is killed', 'SIGKILL'],
    ['freezes', 'SIGSTOP'],
  ] as const)(
    'stores entities of the other worker while one %s, and loses nothing',
    async (what, signal) => {
      const [living, failing] = [await send(0), await send(1)];
      living.start();
      failing.start();
      const recoveries: number[] = [];
      for (let round = 0; round < ROUNDS; round++) {
        await living.until(20);
        await failing.until(20);
        signalServer(citus.workers[1], signal);
        // What the worker was writing when it failed may still fail.
        await failing.untilRejected(1);
        const stored = living.answers('200');
        const rejected = living.answers('503');
        const before = failing.answers('200');
        await sleep(AWAY_MS);
        expect(living.answers('200') - stored).toBeGreaterThan(20);
        expect(living.answers('503') - rejected).toBe(0);
        expect(failing.answers('200') - before).toBe(0);

        if (signal === 'SIGSTOP') signalServer(citus.workers[1], 'SIGCONT');
        else await citus.workers[1].up();
        const back = performance.now();
        await failing.until(5);
        recoveries.push(Math.round(performance.now() - back));
      }
      await Promise.all([living.stop(), failing.stop()]);
      await check(`${ROUNDS} × a worker ${what}`, [living, failing], {
        recoveryMs: recoveries,
        slowest: {
          living: living.slowestMs,
          failing: failing.slowestMs,
        },
      });
    },
  );

  it.each([
    ['dead', 'SIGKILL'],
    ['frozen', 'SIGSTOP'],
  ] as const)(
    'revokes and creates tokens while a worker is %s, and refuses the revoked one within 30 s',
    async (_, signal) => {
      const entityRef = `component:default/service-${entities++}`;
      const token = await createTestToken(citus.knex, entityRef);
      const sender = new Sender({
        token,
        url: () => `http://127.0.0.1:${backend.port}${PATH}`,
      });
      // The replica has the token in its cache.
      expect(await sender.try()).toMatch(/^(200|503)$/);
      signalServer(citus.workers[1], signal);
      try {
        await testTokenService(citus.knex).revokeToken(
          { entityRef, tokenId: token.split('_')[1] },
          { credentials: mockCredentials.user() },
        );
        const revoked = performance.now();
        let status;
        do {
          await sleep(500);
          status = await sender.try();
        } while (status !== '401' && performance.now() - revoked < 30_000);
        expect(status).toBe('401');
        expect(await createTestToken(citus.knex, entityRef)).toBeDefined();
      } finally {
        if (signal === 'SIGSTOP') signalServer(citus.workers[1], 'SIGCONT');
        else await citus.workers[1].up();
      }
    },
  );

  it('ends statements that wait for a frozen worker, and answers others over the same pool', async () => {
    const [living, failing] = await entityOfEach();
    const pool = openPool(citus.knex, {
      connections: 2,
      statementTimeoutMs: 2_000,
    });
    const count = (entityId: number) =>
      queryRows(
        pool,
        'SELECT count(*)::int AS count FROM findings WHERE entity_id = ?',
        [entityId],
      );
    try {
      // Both connections of the pool are connected to the worker.
      await Promise.all([count(failing), count(failing)]);
      signalServer(citus.workers[1], 'SIGSTOP');
      for (let i = 0; i < 3; i++) {
        await expect(count(failing)).rejects.toThrow(
          /statement timeout|could not establish any connections/,
        );
        expect(await count(living)).toEqual([{ count: 0 }]);
      }
    } finally {
      signalServer(citus.workers[1], 'SIGCONT');
      await pool.destroy();
    }
  });

  it('stores nothing while the coordinator is dead, and loses nothing', async () => {
    const all = await Promise.all([send(0), send(1)]);
    for (const senders of all) senders.start();
    const recoveries: number[] = [];
    for (let round = 0; round < ROUNDS; round++) {
      for (const senders of all) await senders.until(20);
      signalServer(citus.coordinator, 'SIGKILL');
      for (const senders of all) await senders.untilRejected(1);
      const stored = Senders.sum(all).acknowledged.length;
      await sleep(5_000);
      expect(Senders.sum(all).acknowledged.length).toBe(stored);
      await citus.coordinator.up();
      const back = performance.now();
      for (const senders of all) await senders.until(5);
      recoveries.push(Math.round(performance.now() - back));
    }
    for (const senders of all) await senders.stop();
    // A worker learns from the coordinator whether a prepared commit counts.
    // Its maintenance asks once a minute; this asks now.
    await citus.knex.raw('SELECT recover_prepared_transactions()');
    await check(`${ROUNDS} × the coordinator is killed`, all, {
      recoveryMs: recoveries,
    });
  });

  it.each(['block_writes', 'force_logical'])(
    'loses nothing while shards move to the other worker (%s)',
    async mode => {
      const moving = await send(1);
      const staying = await send(0);
      const rejected = staying.answers('503');
      moving.start();
      staying.start();
      await moving.until(20);
      const began = performance.now();
      await citus.moveShards(1, 0, mode);
      const tookMs = Math.round(performance.now() - began);
      await moving.until(20);
      expect(staying.answers('503')).toBe(rejected);
      await Promise.all([moving.stop(), staying.stop()]);
      await check(`shards moved (${mode})`, [moving, staying], {
        tookMs,
        slowestMs: moving.slowestMs,
      });
      await citus.moveShards(0, 1, mode);
    },
  );

  it('starts while a worker is down, and stores entities of the other one', async () => {
    const living = await send(0);
    await backend.kill();
    await citus.workers[1].down('immediate');
    backend = await startBackend();
    living.start();
    await living.until(20);
    await citus.workers[1].up();
    await living.stop();
    expect(living.answers('503')).toBe(0);
    await check('start without a worker', [living], {});
  });
});
