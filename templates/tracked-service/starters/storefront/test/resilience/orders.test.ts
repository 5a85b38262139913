import { randomUUID } from 'node:crypto';
import { setTimeout as sleep } from 'node:timers/promises';
import { afterEach, beforeEach, expect, it } from 'vitest';
import {
  createTestDatabase,
  startDatabaseServer,
  stopDatabaseServer,
  type TestDatabase,
} from '../support/testDatabase.js';
import { freePort, ServiceProcess } from '../support/ServiceProcess.js';
import { Visitor } from '../support/Visitor.js';

const awayMs = 60_000;

let database: TestDatabase;
let instances: ServiceProcess[];

beforeEach(async () => {
  database = await createTestDatabase();
  const application = await database.migrate();
  instances = await Promise.all(
    ['a', 'b'].map(
      async zone =>
        new ServiceProcess({
          port: await freePort(),
          environment: {
            DATABASE_URL: application.url,
            DATABASE_MIGRATE_ON_START: 'false',
            DATABASE_RETRY_BUDGET_MS: '2000',
            DEPLOYMENT_ENVIRONMENT: 'local',
            LOG_LEVEL: 'warn',
            OTEL_RESOURCE_ATTRIBUTES: `service.instance.id=web-${zone},cloud.availability_zone=zone-${zone}`,
          },
        }),
    ),
  );
  await Promise.all(instances.map(instance => instance.waitForReadiness(200)));
});

afterEach(async () => {
  await Promise.all(instances.map(instance => instance.stop('SIGKILL')));
  await database.drop();
});

it('answers 503 while PostgreSQL is away for a minute, and neither loses nor doubles an order', async () => {
  const customers = await Promise.all(Array.from({ length: 4 }, signUp));
  const until = { stopped: false };
  const buying = customers.map(customer => buyUntil(customer, until));

  await sleep(2_000);
  await stopDatabaseServer();
  await Promise.all(instances.map(instance => instance.waitForReadiness(503)));
  await sleep(awayMs);
  expect(instances.every(instance => instance.running)).toBe(true);
  await startDatabaseServer();
  await Promise.all(instances.map(instance => instance.waitForReadiness(200)));
  await sleep(3_000);
  until.stopped = true;
  const results = await Promise.all(buying);

  const statuses = new Set(results.flatMap(({ seen }) => [...seen]));
  expect([...statuses].sort()).toEqual([200, 201, 503]);
  const placed = results.flatMap(({ orders }) => orders);
  const stored = await database.query<{ id: string; quantity: number }>(
    `SELECT id, (SELECT sum(quantity)::int FROM order_items WHERE order_id = orders.id) AS quantity FROM orders`,
  );
  expect(placed.length).toBeGreaterThan(customers.length);
  expect(stored.map(({ id }) => id).sort()).toEqual(placed.sort());
  expect(stored.every(({ quantity }) => quantity === 1)).toBe(true);
  const [stock] = await database.query<{ missing: number }>(
    `SELECT 1000000 - sum(stock)::int AS missing FROM products WHERE slug = 'resilient'`,
  );
  expect(stock?.missing).toBe(placed.length);
});

async function signUp(): Promise<Visitor> {
  await database.query(`
    INSERT INTO categories VALUES (gen_random_uuid(), 'resilience', 'Resilience', 9) ON CONFLICT DO NOTHING`);
  await database.query(`
    INSERT INTO products (id, slug, category_id, name, description, price_cents, stock, art, hue)
    SELECT gen_random_uuid(), 'resilient', id, 'Mug', '', 100, 1000000, 'mug', 20
    FROM categories WHERE slug = 'resilience' ON CONFLICT DO NOTHING`);
  const visitor = new Visitor(send);
  const { status } = await visitor.signUp(`${randomUUID()}@example.com`);
  expect(status).toBe(201);
  return visitor;
}

let turn = 0;

/** Alternates between the instances, as a load balancer does. */
const send: ConstructorParameters<typeof Visitor>[0] = async request => {
  const instance = instances[(turn += 1) % instances.length];
  const { method, url, payload, headers } = request;
  const response = await fetch(`${instance?.url}${url as string}`, {
    method: method ?? 'GET',
    headers: {
      ...(headers as Record<string, string>),
      ...(payload !== undefined && { 'content-type': 'application/json' }),
    },
    ...(payload !== undefined && { body: JSON.stringify(payload) }),
  });
  const text = await response.text();
  return {
    statusCode: response.status,
    headers: { 'set-cookie': response.headers.getSetCookie() },
    json: () => JSON.parse(text) as unknown,
  };
};

/** Buys one piece after the other; repeats each step until it is answered, as the shop's client does. */
async function buyUntil(customer: Visitor, until: { stopped: boolean }) {
  const seen = new Set<number>();
  const orders: string[] = [];
  const { body } = await customer.request('GET', '/api/products/resilient');
  const insist = async (step: () => ReturnType<Visitor['request']>) => {
    for (;;) {
      const answer = await step();
      seen.add(answer.status);
      if (answer.status !== 503) return answer;
      await sleep(200);
    }
  };
  while (!until.stopped) {
    await insist(() => customer.fillCart(body.id));
    const key = randomUUID();
    const order = await insist(() => customer.checkout(key));
    orders.push(order.body.id);
    expect(order.status).toBe(201);
    await sleep(50);
  }
  return { seen, orders };
}
