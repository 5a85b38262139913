import type { FastifyPluginAsync } from 'fastify';
import { pino } from 'pino';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { loadConfig } from '../config/config.js';
import { DatabaseUnavailableError } from '../database/errors.js';
import { Readiness } from '../health/Readiness.js';
import { createServer } from './createServer.js';
import { ProblemError } from './ProblemError.js';

const instance = { id: 'web-1', zone: 'zone-a' };
let failure: Error | undefined;
let readiness: Readiness;
let databaseUp: boolean;
let server: Awaited<ReturnType<typeof createServer>>;

const routes: FastifyPluginAsync = async app => {
  app.get('/things', { schema: { summary: 'List things' } }, async () => {
    if (failure) throw failure;
    return [];
  });
};

beforeEach(async () => {
  failure = undefined;
  databaseUp = true;
  readiness = new Readiness([
    {
      name: 'database',
      required: true,
      check: () =>
        databaseUp ? Promise.resolve() : Promise.reject(new Error('down')),
    },
    {
      name: 'cache',
      required: false,
      check: () => Promise.reject(new Error('down')),
    },
  ]);
  server = await createServer({
    config: loadConfig({}),
    instance,
    logger: pino({ level: 'silent' }),
    readiness,
    routes,
  });
});

afterEach(() => server.close());

describe('a failed request', () => {
  it('gets 503, Retry-After and no internals while the database is down', async () => {
    failure = new DatabaseUnavailableError(
      new Error('connect ECONNREFUSED 10.1.2.3:5432'),
    );
    const answer = await server.inject('/things');
    expect(answer.statusCode).toBe(503);
    expect(answer.headers['retry-after']).toBe('1');
    expect(answer.body).not.toContain('10.1.2.3');
  });

  it('gets 500 without the message of an unexpected error', async () => {
    failure = new Error('secret detail');
    const answer = await server.inject('/things');
    expect(answer.statusCode).toBe(500);
    expect(answer.body).not.toContain('secret detail');
  });

  it('gets the status, title and detail of a problem', async () => {
    failure = new ProblemError({
      status: 409,
      title: 'Sold out',
      detail: 'None left',
    });
    const answer = await server.inject('/things');
    expect(answer.statusCode).toBe(409);
    expect(answer.headers['content-type']).toContain('problem+json');
    expect(answer.json()).toMatchObject({
      status: 409,
      title: 'Sold out',
      detail: 'None left',
    });
  });
});

describe('the OpenAPI document', () => {
  it('lists every operation', async () => {
    const answer = await server.inject('/openapi.json');
    const { openapi, paths } = answer.json<{
      openapi: string;
      paths: Record<string, Record<string, unknown>>;
    }>();
    expect(openapi).toBe('3.1.0');
    expect(
      Object.entries(paths).flatMap(([path, calls]) =>
        Object.keys(calls).map(method => `${method} ${path}`),
      ),
    ).toEqual([
      'get /healthz/live',
      'get /healthz/serving',
      'get /healthz/ready',
      'get /things',
    ]);
  });
});

describe('every response', () => {
  it.each([
    ['/things', 200],
    ['/healthz/live', 200],
    ['/nowhere', 404],
    ['/%zz', 400],
  ])('%s names the instance (status %i)', async (url, statusCode) => {
    const answer = await server.inject(url);
    expect(answer.statusCode).toBe(statusCode);
    expect(answer.headers['x-instance-id']).toBe('web-1');
  });
});

describe('readiness', () => {
  it('changes from starting to ready, unavailable and draining', async () => {
    expect(await ready()).toEqual([503, 'starting']);

    readiness.markStarted();
    expect(await ready()).toEqual([200, 'ready']);

    databaseUp = false;
    expect(await ready()).toEqual([503, 'unavailable']);

    databaseUp = true;
    readiness.startDraining();
    expect(await ready()).toEqual([503, 'draining']);
    const answer = await server.inject('/things');
    expect(answer.statusCode).toBe(200);
    expect(answer.headers['connection']).toBe('close');
  });

  it('serves from the start until it drains, also without the database', async () => {
    expect(await serving()).toEqual([503, 'starting']);

    readiness.markStarted();
    expect(await serving()).toEqual([200, 'serving']);

    databaseUp = false;
    expect(await serving()).toEqual([200, 'serving']);

    readiness.startDraining();
    expect(await serving()).toEqual([503, 'draining']);
  });

  it('reports an optional dependency without depending on it', async () => {
    readiness.markStarted();
    const answer = await server.inject('/healthz/ready');
    expect(answer.json()).toMatchObject({
      status: 'ready',
      dependencies: { database: 'up', cache: 'down' },
      instance,
    });
  });

  const ready = () => probe('/healthz/ready');
  const serving = () => probe('/healthz/serving');

  async function probe(path: string): Promise<[number, string]> {
    const answer = await server.inject(path);
    return [answer.statusCode, answer.json<{ status: string }>().status];
  }
});
