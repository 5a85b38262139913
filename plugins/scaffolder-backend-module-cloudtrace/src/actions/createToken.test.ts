import { readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { mockServices } from '@backstage/backend-test-utils';
import { ScmIntegrations } from '@backstage/integration';
import { createMockActionContext } from '@backstage/plugin-scaffolder-node-test-utils';
import sodium from 'libsodium-wrappers';
import { http, HttpResponse } from 'msw';
import { setupServer } from 'msw/node';
import { CloudTraceClient } from '../api/CloudTraceClient';
import { LocalRepository } from '../git/LocalRepository';
import { temporaryDirectory } from '../testUtils/temporaryDirectory';
import { writeFiles } from '../testUtils/writeFiles';
import { createCreateTokenAction } from './createToken';

const directory = temporaryDirectory();
const repositories = join(directory, 'repositories');
const BACKEND = 'http://localhost:0/api/cloudtrace';

const server = setupServer();
beforeAll(() => server.listen({ onUnhandledRequest: 'error' }));
afterEach(() => server.resetHandlers());
afterAll(() => server.close());

/** Responds like the CloudTrace backend and records the requests. */
function portal() {
  const calls: Array<{ method: string; path: string; body?: unknown }> = [];
  let tokens = 0;
  server.use(
    http.post(
      `${BACKEND}/v1/entities/component/default/orders/tokens`,
      async ({ request }) => {
        calls.push({
          method: 'POST',
          path: 'tokens',
          body: await request.json(),
        });
        tokens += 1;
        return HttpResponse.json(
          { token: { tokenId: `id${tokens}` }, secret: `ctk_secret${tokens}` },
          { status: 201 },
        );
      },
    ),
    http.delete(
      `${BACKEND}/v1/entities/component/default/orders/tokens/:id`,
      ({ params }) => {
        calls.push({ method: 'DELETE', path: String(params.id) });
        return new HttpResponse(null, { status: 204 });
      },
    ),
  );
  return calls;
}

async function run(input: Record<string, unknown>, isDryRun = false) {
  const config = mockServices.rootConfig({
    data: {
      cloudtrace: { scaffolder: { localRepositories: repositories } },
      integrations: {
        github: [{ host: 'github.com', token: 'ghp' }],
        bitbucketCloud: [{ username: 'u', appPassword: 'p' }],
      },
    },
  });
  const discovery = mockServices.discovery();
  const logged: string[] = [];
  const context = {
    ...createMockActionContext(),
    input: {
      entityRef: 'component:default/orders',
      environment: 'local',
      kinds: ['requests', 'scans'],
      expiresInDays: 30,
      ...input,
    } as never,
    isDryRun,
    logger: mockServices.logger.mock({
      info: (message: string) => logged.push(message),
    }),
  };
  await createCreateTokenAction({
    client: new CloudTraceClient({ auth: mockServices.auth(), discovery }),
    config,
    discovery,
    integrations: ScmIntegrations.fromConfig(config),
  }).handler(context);
  const output = JSON.stringify((context.output as jest.Mock).mock.calls);
  expect(`${output}${logged.join()}`).not.toContain('ctk_');
  return Object.fromEntries((context.output as jest.Mock).mock.calls);
}

async function repository(name: string, files: Record<string, string>) {
  const local = new LocalRepository(repositories, name);
  await local.create(writeFiles(join(directory, `source-${name}`), files), {
    message: 'Create',
    author: {
      GIT_AUTHOR_NAME: 'a',
      GIT_AUTHOR_EMAIL: 'a@b',
      GIT_COMMITTER_NAME: 'a',
      GIT_COMMITTER_EMAIL: 'a@b',
    },
  });
  return local;
}

describe('cloudtrace:token:create', () => {
  it('writes tokens to the ignored .env file of a local repository, once', async () => {
    const calls = portal();
    const local = await repository('orders', { '.gitignore': '.env\n' });
    const output = await run({ store: 'local', name: 'orders' });
    expect(output).toEqual({
      tokenIds: ['id1', 'id2'],
      storedIn: join(local.directory, '.env'),
    });
    expect(calls.map(call => call.body)).toEqual([
      expect.objectContaining({
        kind: 'requests',
        environment: 'local',
        expiresInDays: 30,
      }),
      expect.objectContaining({ kind: 'scans' }),
    ]);
    const path = join(local.directory, '.env');
    expect(readFileSync(path, 'utf8').split('\n')).toEqual([
      'CLOUDTRACE_REQUESTS_TOKEN=ctk_secret1',
      `OTEL_EXPORTER_OTLP_ENDPOINT=${BACKEND}/otlp`,
      'OTEL_EXPORTER_OTLP_HEADERS=Authorization=Bearer%20ctk_secret1',
      'CLOUDTRACE_SCANS_TOKEN=ctk_secret2',
      `CLOUDTRACE_URL=${BACKEND}`,
      '',
    ]);
    // eslint-disable-next-line no-bitwise
    expect(statSync(path).mode & 0o777).toBe(0o600);
    expect(await local.git(['status', '--porcelain'])).toBe('');

    await run({ store: 'local', name: 'orders' });
    expect(calls).toHaveLength(2);
  });

  it('deletes the token again if it cannot be stored', async () => {
    const calls = portal();
    await repository('careless', { 'README.md': '' });
    await expect(run({ store: 'local', name: 'careless' })).rejects.toThrow(
      /not ignored by Git/,
    );
    expect(calls).toEqual([
      expect.objectContaining({ method: 'POST' }),
      { method: 'DELETE', path: 'id1' },
    ]);
  });

  it('encrypts tokens for GitHub Actions', async () => {
    portal();
    await sodium.ready;
    const keys = sodium.crypto_box_keypair();
    const stored: Record<string, string> = {};
    const secrets = 'https://api.github.com/repos/acme/orders/actions/secrets';
    server.use(
      http.get(`${secrets}/public-key`, () =>
        HttpResponse.json({
          key_id: 'k1',
          key: sodium.to_base64(
            keys.publicKey,
            sodium.base64_variants.ORIGINAL,
          ),
        }),
      ),
      http.get(
        `${secrets}/:name`,
        () => new HttpResponse(null, { status: 404 }),
      ),
      http.put(`${secrets}/:name`, async ({ params, request }) => {
        const body = (await request.json()) as { encrypted_value: string };
        stored[String(params.name)] = sodium.to_string(
          sodium.crypto_box_seal_open(
            sodium.from_base64(
              body.encrypted_value,
              sodium.base64_variants.ORIGINAL,
            ),
            keys.publicKey,
            keys.privateKey,
          ),
        );
        return new HttpResponse(null, { status: 201 });
      }),
    );
    await run({
      store: 'github',
      repoUrl: 'github.com?owner=acme&repo=orders',
    });
    expect(stored).toEqual({
      CLOUDTRACE_REQUESTS_TOKEN: 'ctk_secret1',
      CLOUDTRACE_SCANS_TOKEN: 'ctk_secret2',
    });
  });

  it('stores tokens as secured Bitbucket variables', async () => {
    portal();
    const bodies: unknown[] = [];
    const variables =
      'https://api.bitbucket.org/2.0/repositories/acme/orders/pipelines_config/variables/';
    server.use(
      http.get(variables, () =>
        HttpResponse.json({
          values: [{ uuid: '{1}', key: 'CLOUDTRACE_SCANS_TOKEN' }],
        }),
      ),
      http.post(variables, async ({ request }) => {
        bodies.push(await request.json());
        return HttpResponse.json({}, { status: 201 });
      }),
    );
    const output = await run({
      store: 'bitbucket',
      repoUrl: 'bitbucket.org?workspace=acme&project=shop&repo=orders',
    });
    expect(output.tokenIds).toEqual(['id1']);
    expect(bodies).toEqual([
      expect.objectContaining({
        key: 'CLOUDTRACE_REQUESTS_TOKEN',
        value: 'ctk_secret1',
        secured: true,
      }),
    ]);
  });

  it('sends no requests in a dry run', async () => {
    await expect(
      run({ store: 'local', name: 'nowhere' }, true),
    ).resolves.toEqual({});
  });
});
