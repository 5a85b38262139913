import { mockApis, registerMswTestHooks } from '@backstage/frontend-test-utils';
import { delay, http, HttpResponse } from 'msw';
import { setupServer } from 'msw/node';
import { CloudtraceClient } from './CloudtraceClient';

const BASE = 'http://localhost:7007/api/cloudtrace';
const ENTITY = 'component:default/orders';
const server = setupServer();

describe('CloudtraceClient', () => {
  registerMswTestHooks(server);

  const client = new CloudtraceClient({
    fetchApi: mockApis.fetch({
      resolvePluginProtocol: {
        discoveryApi: {
          getBaseUrl: async id => `http://localhost:7007/api/${id}`,
        },
      },
    }),
  });

  it('requests the entity with repeated and omitted parameters', async () => {
    let asked: URL | undefined;
    server.use(
      http.get(
        `${BASE}/v1/entities/component/default/orders/requests`,
        ({ request }) => {
          asked = new URL(request.url);
          return HttpResponse.json({
            items: [],
            from: '',
            to: '',
            environment: 'x',
          });
        },
      ),
    );
    await client.listRequests(ENTITY, {
      status: ['5xx', '404'],
      zone: [],
      traceId: undefined,
      environment: '',
      minDurationMs: 0,
      limit: 50,
    });
    expect(asked?.searchParams.toString()).toBe(
      'status=5xx&status=404&minDurationMs=0&limit=50',
    );
  });

  it('rejects with the status and the message of the backend', async () => {
    server.use(
      http.get(`${BASE}/v1/entities/component/default/orders/diagnostics`, () =>
        HttpResponse.json(
          {
            error: { name: 'NotFoundError', message: 'No such entity' },
            response: { statusCode: 404 },
          },
          { status: 404 },
        ),
      ),
    );
    await expect(client.getDiagnostics(ENTITY)).rejects.toMatchObject({
      statusCode: 404,
      message: 'No such entity',
      cause: { message: 'No such entity' },
    });
  });

  it('creates, triages and revokes with the methods of the API', async () => {
    const calls: Array<[string, string, unknown]> = [];
    const record = async ({ request }: { request: Request }) => {
      const text = await request.text();
      calls.push([
        request.method,
        new URL(request.url).pathname,
        text && JSON.parse(text),
      ]);
      return request.method === 'DELETE'
        ? new HttpResponse(null, { status: 204 })
        : HttpResponse.json({});
    };
    server.use(http.all(`${BASE}/*`, record));
    await client.createToken(ENTITY, { kind: 'scans', name: 'ci' });
    await client.revokeToken(ENTITY, 'abcDEF123456');
    await client.triageFinding(ENTITY, 'f/1', { state: 'open' });
    expect(calls).toEqual([
      [
        'POST',
        '/api/cloudtrace/v1/entities/component/default/orders/tokens',
        { kind: 'scans', name: 'ci' },
      ],
      [
        'DELETE',
        '/api/cloudtrace/v1/entities/component/default/orders/tokens/abcDEF123456',
        '',
      ],
      [
        'PATCH',
        '/api/cloudtrace/v1/entities/component/default/orders/findings/f%2F1',
        { state: 'open' },
      ],
    ]);
  });

  it('requests the roll-up of all entities, and the entities with a CVE', async () => {
    let asked: URL | undefined;
    const group = {
      key: 'component:default/orders',
      title: 'orders',
      entities: 1,
      open: { critical: 1, high: 0, medium: 0, low: 0, info: 0 },
    };
    server.use(
      http.get(`${BASE}/v1/findings`, ({ request }) => {
        asked = new URL(request.url);
        return HttpResponse.json({ items: [group] });
      }),
    );
    await expect(
      client.getFindingRollup({
        groupBy: 'owner',
        cve: 'CVE-2025-1234',
        system: undefined,
      }),
    ).resolves.toEqual({ items: [group] });
    expect(asked?.searchParams.toString()).toBe(
      'groupBy=owner&cve=CVE-2025-1234',
    );
  });

  it('escapes entity names', async () => {
    let path = '';
    server.use(
      http.get(`${BASE}/v1/*`, ({ request }) => {
        path = new URL(request.url).pathname;
        return HttpResponse.json({});
      }),
    );
    await client.listEnvironments('component:default/a?b#c');
    expect(path).toContain('/a%3Fb%23c/environments');
  });

  it('does not show the page of a proxy as a message', async () => {
    server.use(
      http.get(`${BASE}/v1/*`, () =>
        HttpResponse.html('<html>Bad gateway</html>', { status: 502 }),
      ),
    );
    const error = await client.getDiagnostics(ENTITY).catch(reason => reason);
    expect(error.message).toMatch(/^Request failed with 502/);
    expect(error.message).not.toContain('<html>');
  });

  it('stops a call that nobody waits for any more', async () => {
    server.use(http.get(`${BASE}/v1/*`, () => delay('infinite')));
    const controller = new AbortController();
    const call = client.getHealth(ENTITY, {}, { signal: controller.signal });
    controller.abort();
    await expect(call).rejects.toMatchObject({ name: 'AbortError' });
  });

  it('passes a body on as text, because browsers send streams over HTTP/2 only', async () => {
    const fetch = jest.fn(async () => Response.json({}));
    await new CloudtraceClient({ fetchApi: { fetch } }).createToken(ENTITY, {
      kind: 'scans',
      name: 'ci',
    });
    expect(fetch).toHaveBeenCalledWith(
      'plugin://cloudtrace/v1/entities/component/default/orders/tokens',
      expect.objectContaining({ body: '{"kind":"scans","name":"ci"}' }),
    );
  });

  it('returns an export as a file', async () => {
    server.use(
      http.get(
        `${BASE}/v1/entities/component/default/orders/findings/export`,
        () =>
          new HttpResponse('a,b', { headers: { 'Content-Type': 'text/csv' } }),
      ),
    );
    const file = await client.exportFindings(ENTITY, { format: 'csv' });
    expect(file.type).toBe('text/csv');
    expect(file.size).toBe(3);
  });
});
