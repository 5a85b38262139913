import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { freePort } from '../support/ServiceProcess.js';
import { ServiceProcess } from '../support/ServiceProcess.js';
import { SpanSink } from '../support/SpanSink.js';
import {
  createTestDatabase,
  type TestDatabase,
} from '../support/testDatabase.js';
import { address, password, Visitor } from '../support/Visitor.js';

const email = 'grace.hopper@example.com';
let database: TestDatabase;
let sink: SpanSink;

/** Signs up, fills the cart and buys from the built service; its spans are complete when it has ended. */
beforeAll(async () => {
  database = await createTestDatabase();
  const { url } = await database.migrate();
  sink = new SpanSink();
  const service = new ServiceProcess({
    port: await freePort(),
    environment: {
      DATABASE_URL: url,
      DATABASE_MIGRATE_ON_START: 'false',
      DEPLOYMENT_ENVIRONMENT: 'local',
      TRACE_DATABASE: 'true',
      LOG_LEVEL: 'warn',
      SHUTDOWN_DRAIN_MS: '0',
      OTEL_EXPORTER_OTLP_ENDPOINT: await sink.listen(),
    },
  });
  try {
    await service.waitForReadiness(200);
    await buy(service.url);
    expect(await service.stop('SIGTERM')).toBe(0);
  } finally {
    await service.stop('SIGKILL');
  }
});

afterAll(async () => {
  await sink.close();
  await database.drop();
});

async function buy(url: string): Promise<void> {
  const visitor = new Visitor(async request => {
    const answer = await fetch(`${url}${request.url as string}`, {
      method: request.method as string,
      headers: {
        ...(request.headers as Record<string, string>),
        ...(request.payload !== undefined && {
          'content-type': 'application/json',
        }),
      },
      ...(request.payload !== undefined && {
        body: JSON.stringify(request.payload),
      }),
    });
    const body: unknown = await answer.json();
    return {
      statusCode: answer.status,
      headers: { 'set-cookie': answer.headers.getSetCookie() },
      json: () => body,
    };
  });
  await visitor.signUp(email);
  const { id } = await productOf(visitor);
  await visitor.fillCart(id);
  const { status } = await visitor.checkout();
  expect(status).toBe(201);
  cookie = visitor.cookie;
}

let cookie = '';

/** The demo catalogue is filled a moment after the start. */
async function productOf(visitor: Visitor): Promise<{ id: string }> {
  for (const deadline = Date.now() + 10_000; Date.now() < deadline;) {
    const { body } = await visitor.request('GET', '/api/products?limit=1');
    const [product] = body.items as unknown as { id: string }[];
    if (product) return product;
  }
  throw new Error('The catalogue is empty');
}

describe('spans of a purchase', () => {
  it('name the route, without ids', () => {
    const servers = sink.spans.filter(({ kind }) => kind === 'SERVER');
    const routes = servers.map(({ name, route }) => ({ name, route }));
    for (const [method, route] of [
      ['POST', '/api/accounts'],
      ['GET', '/api/products'],
      ['PUT', '/api/cart/items/:productId'],
      ['POST', '/api/orders'],
    ]) {
      expect(routes).toContainEqual({ name: `${method} ${route}`, route });
    }
  });

  it('have the statements of the database, with placeholders for values', () => {
    const statements = [...sink.texts].filter(text =>
      /^(select|insert|update) /i.test(text),
    );
    expect(statements.some(text => /insert into "users"/.test(text))).toBe(
      true,
    );
    expect(sink.spans.some(({ kind }) => kind === 'CLIENT')).toBe(true);
  });

  it('have no personal data: no email, name, address, password or session', () => {
    const texts = [...sink.texts].join('\n');
    for (const secret of [
      email,
      password,
      'Ada',
      address.line1,
      address.postalCode,
      cookie.split('=')[1] ?? 'no cookie',
      '$argon2',
    ]) {
      expect(texts).not.toContain(secret);
    }
  });
});
