import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import {
  startKafka,
  type KafkaBroker,
} from '../../scripts/broker/startKafka.mjs';
import {
  startRedis,
  type RedisServer,
} from '../../scripts/broker/startRedis.mjs';
import { Cluster } from '../support/Cluster.js';
import { Person, titlesOf } from '../support/Person.js';
import { realKafka, realRedis, titleFor } from '../support/realServers.js';
import { Sender } from '../support/Sender.js';
import type { ServiceProcess } from '../support/ServiceProcess.js';
import {
  createTestDatabase,
  type TestDatabase,
} from '../support/testDatabase.js';
import { waitFor } from '../support/waitFor.js';

const users = 10;
const perUser = 100;
/** How long the last events may take after a fault, on a busy machine. */
const deliveryMs = 120_000;
const brokerOutageMs = 60_000;
const titles = Array.from({ length: perUser }, (_, index) => String(index + 1));

interface Servers {
  readonly environment: Record<string, string>;
  stop(): Promise<void>;
}
interface RealServers extends Servers {
  kafka: KafkaBroker;
  redis: RedisServer;
}

const embedded = async (): Promise<Servers> => ({
  environment: {},
  stop: async () => Promise.resolve(),
});

const real = async (): Promise<RealServers> => {
  const kafka = await realKafka.start();
  const redis = await realRedis.start();
  const servers: RealServers = {
    environment: { KAFKA_BROKERS: kafka.brokers, REDIS_URL: redis.url },
    kafka,
    redis,
    stop: async () => {
      await servers.redis.stop('SIGKILL');
      await servers.kafka.stop('SIGKILL');
    },
  };
  return servers;
};

describe('With the embedded adapters', () => {
  faults(embedded);
});
describe.skipIf(realKafka.missing ?? realRedis.missing)(
  `With real servers, ${titleFor(realKafka)}, ${titleFor(realRedis)}`,
  () => {
    const get = faults(real);
    faultsOfServers(get);
  },
);

interface Context<S extends Servers> {
  readonly servers: S;
  readonly database: TestDatabase;
  readonly cluster: Cluster;
  readonly apis: ServiceProcess[];
  readonly workers: ServiceProcess[];
}

function faults<S extends Servers>(
  createServers: () => Promise<S>,
): () => Context<S> {
  let context: Context<S>;

  beforeAll(async () => {
    const servers = await createServers();
    const database = await createTestDatabase();
    const { url } = await database.migrate();
    const cluster = new Cluster({ DATABASE_URL: url, ...servers.environment });
    const workers = [await cluster.startWorker(), await cluster.startWorker()];
    const apis = [await cluster.startApi(), await cluster.startApi()];
    context = { servers, database, cluster, apis, workers };
    // Two servers and four processes start, on a busy machine.
  }, 300_000);
  afterAll(async () => {
    await context.cluster.stop();
    await context.servers.stop();
    await context.database.drop();
  });

  it('loses and doubles nothing, and keeps the order, while workers are killed in the middle of a thousand notifications', async () => {
    await expectAllOnce(context, async () => {
      for (let round = 0; round < 4; round += 1) {
        await sleep(500);
        await context.workers[round % 2]?.stop('SIGKILL');
        context.workers[round % 2] = await context.cluster.startWorker();
      }
    });
  }, 400_000);

  it('loses and doubles nothing while instances of the API are killed after they accepted', async () => {
    await expectAllOnce(context, async () => {
      for (let round = 0; round < 2; round += 1) {
        await sleep(500);
        const killed = context.apis[round];
        await killed?.stop('SIGKILL');
        const port = Number(new URL(killed?.url ?? '').port);
        context.apis[round] = await context.cluster.startApi(port);
      }
    });
  }, 400_000);

  it('publishes after the restart what was committed while no worker ran', async () => {
    for (const worker of context.workers) await worker.stop('SIGKILL');
    const [api] = context.apis;
    const ada = await Person.signUp(api?.url ?? '');
    await ada.notify(ada, 'waits');
    expect((await ada.list()).body.items).toEqual([]);
    context.workers[0] = await context.cluster.startWorker();
    context.workers[1] = await context.cluster.startWorker();
    await waitFor('delivery', async () => {
      const { body } = await ada.list();
      return body.items.length === 1;
    });
  }, 120_000);

  it('rebalances in the middle: a worker joins, another leaves', async () => {
    await expectAllOnce(context, async () => {
      const joining = await context.cluster.startWorker();
      await sleep(1_000);
      await context.workers[0]?.stop('SIGTERM');
      context.workers[0] = joining;
    });
  }, 400_000);

  return () => context;
}

function faultsOfServers(get: () => Context<RealServers>) {
  it('accepts while the broker is away for a minute, and delivers everything when it is back', async () => {
    const { servers, apis } = get();
    await expectAllOnce(get(), async () => {
      await sleep(300);
      await servers.kafka.stop('SIGKILL');
      await sleep(brokerOutageMs);
      const ada = await Person.signUp(apis[0]?.url ?? '');
      expect((await ada.notify(ada, 'meanwhile')).status).toBe(201);
      servers.kafka = await startKafka(servers.kafka);
    });
  }, 600_000);

  it('accepts while the broker hangs, and delivers everything when it answers', async () => {
    const { servers } = get();
    await expectAllOnce(get(), async () => {
      await sleep(300);
      process.kill(servers.kafka.pid ?? 0, 'SIGSTOP');
      await sleep(15_000);
      process.kill(servers.kafka.pid ?? 0, 'SIGCONT');
    });
  }, 400_000);

  it('delivers while Redis hangs, is away, and is back without its data', async () => {
    const { servers } = get();
    await expectAllOnce(get(), async () => {
      await sleep(300);
      servers.redis.signal('SIGSTOP');
      await sleep(5_000);
      servers.redis.signal('SIGCONT');
      await servers.redis.stop('SIGKILL');
      await sleep(5_000);
      servers.redis = await startRedis(servers.redis);
    });
  }, 400_000);

  it('lists while Redis hangs, from the database', async () => {
    const { servers, apis } = get();
    const ada = await Person.signUp(apis[0]?.url ?? '');
    servers.redis.signal('SIGSTOP');
    const startedAt = performance.now();
    const answer = await ada.list();
    const durationMs = performance.now() - startedAt;
    servers.redis.signal('SIGCONT');
    expect(answer.status).toBe(200);
    expect(answer.headers.get('x-cache')).toBe('bypass');
    expect(durationMs).toBeLessThan(5_000);
  }, 60_000);
}

/** Sends a thousand notifications while something happens, and watches all sockets on another instance. */
async function expectAllOnce(
  { apis, database }: Context<Servers>,
  fault: () => Promise<void>,
): Promise<void> {
  const urls = apis.map(({ url }) => url);
  const people = await Promise.all(
    Array.from({ length: users }, () => Person.signUp(urls[0] ?? '')),
  );
  const sockets = people.map(person =>
    person.openSocket({ url: urls[1] ?? '', lastEventId: 0 }),
  );
  const senders = people.map(person => new Sender(person, urls));
  await Promise.all([...senders.map(sender => sender.send(titles)), fault()]);
  await waitFor(
    'all events',
    () => sockets.every(({ events }) => events.length >= perUser),
    deliveryMs,
  );
  // What is doubled would arrive now.
  await sleep(1_000);
  for (const { events, socket } of sockets) {
    expect(titlesOf(events)).toEqual(titles);
    socket.close();
  }
  const doubled = await database.query(
    `SELECT notification_id FROM events WHERE type = 'notification.delivered' GROUP BY 1 HAVING count(*) > 1`,
  );
  expect(doubled).toEqual([]);
}
