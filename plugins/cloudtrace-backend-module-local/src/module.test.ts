import { mkdirSync, mkdtempSync, realpathSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import {
  coreServices,
  createBackendPlugin,
} from '@backstage/backend-plugin-api';
import {
  mockCredentials,
  mockServices,
  startTestBackend,
} from '@backstage/backend-test-utils';
import { AuthorizeResult } from '@backstage/plugin-permission-common';
import { catalogServiceMock } from '@backstage/plugin-catalog-node/testUtils';
import {
  fleetProvidersExtensionPoint,
  type FleetProvider,
} from '@cloudtrace/plugin-cloudtrace-node';
import express from 'express';
import request from 'supertest';
import { FakeLauncher, serviceState } from './testUtils/FakeLauncher';
import { cloudtraceModuleLocal } from './module';

const guest = mockCredentials.user.header('user:default/guest');

describe('cloudtraceModuleLocal', () => {
  let root: string;
  let launcher: FakeLauncher;
  let providers: FleetProvider[];
  let tokenRequests: Array<{ path: string; body: unknown }>;
  let backend: Awaited<ReturnType<typeof startTestBackend>> | undefined;

  /** A mock of the CloudTrace plugin: collects providers and creates tokens. */
  const plugin = createBackendPlugin({
    pluginId: 'cloudtrace',
    register(env) {
      env.registerExtensionPoint(fleetProvidersExtensionPoint, {
        addProvider: provider => providers.push(provider),
      });
      env.registerInit({
        deps: { httpRouter: coreServices.httpRouter },
        async init({ httpRouter }) {
          const router = express.Router();
          router.use(express.json());
          router.post(
            '/v1/entities/:kind/:namespace/:name/tokens',
            (req, res) => {
              tokenRequests.push({ path: req.path, body: req.body });
              res.status(201).json({ token: {}, secret: 'ctk_made' });
            },
          );
          httpRouter.use(router);
        },
      });
    },
  });

  const start = async (options: {
    local?: object;
    /** The policy's answer; may be anything. */
    decision?: unknown;
  }) => {
    backend = await startTestBackend({
      features: [
        plugin,
        cloudtraceModuleLocal,
        catalogServiceMock.factory({
          entities: [
            {
              apiVersion: 'backstage.io/v1alpha1',
              kind: 'Component',
              metadata: { name: 'orders', namespace: 'default' },
            },
          ],
        }),
        mockServices.permissions.mock({
          authorize: async requests =>
            requests.map(() => ({
              result: (options.decision ?? AuthorizeResult.ALLOW) as never,
            })),
        }).factory,
        mockServices.rootConfig.factory({
          data: {
            cloudtrace: {
              local: options.local ?? {
                enabled: true,
                directory: root,
                repositories: [join(root, 'repositories')],
              },
            },
          },
        }),
      ],
    });
    return request(backend.server);
  };

  const service = (changes: object = {}) => ({
    entityRef: 'component:default/orders',
    name: 'orders',
    directory: join(root, 'repositories/orders'),
    ...changes,
  });

  beforeEach(async () => {
    root = realpathSync(mkdtempSync(join(tmpdir(), 'module-local-')));
    mkdirSync(join(root, 'repositories/orders'), { recursive: true });
    launcher = new FakeLauncher();
    await launcher.start(root);
    providers = [];
    tokenRequests = [];
  });
  afterEach(async () => {
    await backend?.stop();
    backend = undefined;
    await launcher.stop();
    rmSync(root, { recursive: true, force: true });
  });

  it.each([[{}], [{ enabled: false }]])(
    'adds nothing with the configuration %p',
    async local => {
      const api = await start({ local });
      expect(providers).toEqual([]);
      const response = await api
        .post('/api/cloudtrace/local/services')
        .set('authorization', guest)
        .send(service());
      expect(response.status).toBe(404);
    },
  );

  it('starts a service with a token for the entity and environment', async () => {
    const api = await start({});
    expect(providers).toMatchObject([{ id: 'local', title: 'Local fleet' }]);
    const response = await api
      .post('/api/cloudtrace/local/services')
      .set('authorization', guest)
      .send(service());
    expect(response.body).toEqual({
      name: 'orders',
      entityRef: 'component:default/orders',
      environment: 'local',
      status: 'running',
      url: 'http://127.0.0.1:7100',
    });
    expect(response.status).toBe(202);
    expect(tokenRequests).toEqual([
      {
        path: '/v1/entities/component/default/orders/tokens',
        body: { name: 'Local fleet', kind: 'requests', environment: 'local' },
      },
    ]);
    expect(launcher.calls).toContainEqual({
      method: 'POST',
      path: '/v1/services',
      body: {
        ...service(),
        environment: 'local',
        ingestToken: 'ctk_made',
      },
    });
    const found = await api
      .get('/api/cloudtrace/local/services/orders')
      .set('authorization', guest);
    expect(found.body).toEqual(response.body);
  });

  it.each([AuthorizeResult.DENY, AuthorizeResult.CONDITIONAL, 'MAYBE', true])(
    'responds the same for a missing entity and for one that the policy answers %s for, and creates no token',
    async decision => {
      const api = await start({ decision });
      const post = (body: object) =>
        api
          .post('/api/cloudtrace/local/services')
          .set('authorization', guest)
          .send(body);
      const denied = await post(service());
      const missing = await post(
        service({ entityRef: 'component:default/nothing' }),
      );
      expect([denied.status, missing.status]).toEqual([404, 404]);
      expect(denied.body.error.message.replace('orders', 'nothing')).toBe(
        missing.body.error.message,
      );
      const one = await api
        .get('/api/cloudtrace/local/services/orders')
        .set('authorization', guest);
      const other = await api
        .get('/api/cloudtrace/local/services/nothing')
        .set('authorization', guest);
      expect([one.status, other.status]).toEqual([404, 404]);
      expect(one.body.error.message.replace('orders', 'nothing')).toBe(
        other.body.error.message,
      );
      expect(tokenRequests).toEqual([]);
    },
  );

  it('rejects callers without a user, invalid input, foreign folders and conflicts', async () => {
    const api = await start({});
    const post = (body: object | string, authorization: string = guest) =>
      api
        .post('/api/cloudtrace/local/services')
        .set('authorization', authorization)
        .set('content-type', 'application/json')
        .send(body);
    expect((await post(service(), mockCredentials.none.header())).status).toBe(
      401,
    );
    expect(
      (await post(service(), mockCredentials.service.header())).status,
    ).toBe(403);
    for (const [body, message] of [
      [service({ name: '../x' }), 'name'],
      [service({ entityRef: 'orders' }), 'entityRef'],
      [service({ environment: 'a b' }), 'environment'],
      [service({ command: 'rm' }), 'command'],
      [service({ directory: '/etc' }), 'local repositories'],
      [service({ directory: undefined }), 'directory'],
    ] as const) {
      const response = await post(body);
      expect([response.status, response.body.error.message]).toEqual([
        400,
        expect.stringContaining(message),
      ]);
    }
    expect((await post('{"name": ')).status).toBe(400);
    expect(tokenRequests).toEqual([]);

    launcher.answers.set('POST /v1/services', {
      status: 409,
      body: { error: { name: 'x', message: 'another entity uses the name' } },
    });
    expect(await post(service())).toMatchObject({
      status: 409,
      body: { error: { message: 'another entity uses the name' } },
    });
  });

  it('responds with 503 if the fleet is not running, before it creates a token', async () => {
    const api = await start({});
    await launcher.stop();
    const response = await api
      .post('/api/cloudtrace/local/services')
      .set('authorization', guest)
      .send(service());
    expect(response.status).toBe(503);
    expect(response.body.error.message).toContain('npm run dev');
    expect(tokenRequests).toEqual([]);
  });

  it('responds with 404 for an unknown service', async () => {
    launcher.state.services = [serviceState()];
    const api = await start({});
    const response = await api
      .get('/api/cloudtrace/local/services/other')
      .set('authorization', guest);
    expect(response.status).toBe(404);
  });
});
