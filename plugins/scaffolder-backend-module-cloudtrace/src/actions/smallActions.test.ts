import { join } from 'node:path';
import { mockServices } from '@backstage/backend-test-utils';
import { createMockActionContext } from '@backstage/plugin-scaffolder-node-test-utils';
import { http, HttpResponse } from 'msw';
import { setupServer } from 'msw/node';
import { CloudTraceClient } from '../api/CloudTraceClient';
import { createStartFleetAction } from './startFleet';
import { createWaitForEntityAction } from './waitForEntity';

const server = setupServer();
beforeAll(() => server.listen({ onUnhandledRequest: 'error' }));
afterEach(() => server.resetHandlers());
afterAll(() => server.close());

describe('cloudtrace:catalog:wait', () => {
  const entityRef = 'component:default/orders';

  it('waits until the entity is in the catalog', async () => {
    const getEntityByRef = jest
      .fn()
      .mockResolvedValueOnce(undefined)
      .mockResolvedValue({ kind: 'Component' });
    await createWaitForEntityAction({ catalog: { getEntityByRef } }).handler(
      createMockActionContext({ input: { entityRef, timeoutSeconds: 10 } }),
    );
    expect(getEntityByRef).toHaveBeenCalledTimes(2);
  });

  it('gives up and explains what to do', async () => {
    const action = createWaitForEntityAction({
      catalog: { getEntityByRef: async () => undefined },
    });
    await expect(
      action.handler(
        createMockActionContext({ input: { entityRef, timeoutSeconds: 1 } }),
      ),
    ).rejects.toThrow(/not in the catalog after 1 s.*run this task again/);
  });
});

describe('cloudtrace:fleet:start', () => {
  const folder = '/srv/repositories';
  const run = (name: string) =>
    createStartFleetAction({
      client: new CloudTraceClient({
        auth: mockServices.auth(),
        discovery: mockServices.discovery(),
      }),
      config: mockServices.rootConfig({
        data: { cloudtrace: { scaffolder: { localRepositories: folder } } },
      }),
    }).handler(
      createMockActionContext({
        input: { entityRef: 'component:default/orders', name },
      }),
    );

  it('starts the service from its repository, on behalf of the user', async () => {
    let request: { body: unknown; authorization: string | null } | undefined;
    server.use(
      http.post(
        'http://localhost:0/api/cloudtrace/local/services',
        async info => {
          request = {
            body: await info.request.json(),
            authorization: info.request.headers.get('authorization'),
          };
          return HttpResponse.json({}, { status: 202 });
        },
      ),
    );
    await run('orders');
    expect(request?.body).toEqual({
      entityRef: 'component:default/orders',
      directory: join(folder, 'orders'),
      name: 'orders',
    });
    expect(request?.authorization).toMatch(/^Bearer /);
  });

  it('reports why the fleet rejects the request, and itself rejects other folders', async () => {
    server.use(
      http.post('http://localhost:0/api/cloudtrace/local/services', () =>
        HttpResponse.json(
          {
            error: {
              name: 'ServiceUnavailableError',
              message: 'no fleet runs',
            },
          },
          { status: 503 },
        ),
      ),
    );
    await expect(run('orders')).rejects.toThrow('no fleet runs');
    await expect(run('../etc')).rejects.toThrow('cannot be the name');
  });
});
