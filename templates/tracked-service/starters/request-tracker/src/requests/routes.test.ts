import { pino } from 'pino';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { MemoryRequestStore } from '../../test/support/MemoryRequestStore.js';
import { loadConfig } from '../config/config.js';
import { Readiness } from '../health/Readiness.js';
import { createServer } from '../http/createServer.js';
import { pageRoutes } from '../page/routes.js';
import { requestRoutes } from './routes.js';

let store: MemoryRequestStore;
let server: Awaited<ReturnType<typeof createServer>>;

beforeEach(async () => {
  store = new MemoryRequestStore();
  const instance = { id: 'web-1', zone: 'zone-a' };
  server = await createServer({
    config: loadConfig({}),
    instance,
    logger: pino({ level: 'silent' }),
    readiness: new Readiness([]),
    routes: async app => {
      await app.register(requestRoutes, { store });
      await app.register(pageRoutes, {
        store,
        instance,
        serviceName: 'orders',
      });
    },
  });
});

afterEach(() => server.close());

const valid = { subject: 'Printer is on fire', requester: 'ada' };

describe('the API', () => {
  it('creates, reads, lists and changes requests', async () => {
    const created = await server.inject({
      method: 'POST',
      url: '/requests',
      payload: valid,
    });
    expect(created.statusCode).toBe(201);
    const { id } = created.json<{ id: string }>();
    expect(created.headers['location']).toBe(`/requests/${id}`);

    const changed = await server.inject({
      method: 'PATCH',
      url: `/requests/${id}`,
      payload: { status: 'done' },
    });
    expect(changed.json()).toMatchObject({ id, status: 'done' });

    const read = await server.inject(`/requests/${id}`);
    expect(read.json()).toMatchObject({ ...valid, status: 'done' });

    const list = await server.inject('/requests?limit=1');
    expect(list.json()).toMatchObject({ items: [{ id }], nextCursor: id });
  });

  it.each([
    ['no body', undefined],
    ['a missing field', { subject: 'x' }],
    ['an unknown field', { ...valid, admin: true }],
    ['an empty subject', { ...valid, subject: '' }],
    ['a subject over the limit', { ...valid, subject: 'x'.repeat(201) }],
    ['a NUL character', { ...valid, subject: 'a\u0000b' }],
  ])('rejects %s with 400', async (_name, payload) => {
    const answer = await server.inject({
      method: 'POST',
      url: '/requests',
      ...(payload && { payload }),
    });
    expect(answer.statusCode).toBe(400);
    expect(answer.headers['content-type']).toContain('problem+json');
  });
});

describe('the OpenAPI document', () => {
  it('lists every operation of the API', async () => {
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
      'post /requests',
      'get /requests',
      'get /requests/{id}',
      'patch /requests/{id}',
    ]);
  });
});

describe('every response', () => {
  it.each([
    ['/', 200],
    ['/requests', 200],
    ['/requests/not-a-uuid', 400],
    ['/requests/01a1fd7f-2d64-7762-a511-e3bd59dbcd79', 404],
  ])('%s names the instance (status %i)', async (url, statusCode) => {
    const answer = await server.inject(url);
    expect(answer.statusCode).toBe(statusCode);
    expect(answer.headers['x-instance-id']).toBe('web-1');
  });
});

describe('the start page', () => {
  it('shows the instance that responded, and escapes user input', async () => {
    await store.create({ subject: '<script>x</script>', requester: `"'&` });
    const { body } = await server.inject('/');
    expect(body).toContain('web-1');
    expect(body).toContain('zone-a');
    expect(body).toContain('&lt;script&gt;');
    expect(body).not.toContain('<script>');
    expect(body).toContain('&quot;&#39;&amp;');
  });
});
