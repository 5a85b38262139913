import {
  createServer,
  type IncomingMessage,
  type Server,
  type ServerResponse,
} from 'node:http';
import type { AddressInfo } from 'node:net';
import { text } from 'node:stream/consumers';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { loadConfig } from '../config/config.js';
import { CredentialsUnavailableError } from '../database/errors.js';
import { createCredentialsProvider } from './createCredentialsProvider.js';
import type { CredentialsProvider } from './types.js';

interface Call {
  readonly method: string;
  readonly url: string;
  readonly token: string | undefined;
  readonly body: Record<string, string>;
}

let vault: Server;
let calls: Call[];
let status: number;

beforeEach(async () => {
  calls = [];
  status = 200;
  vault = createServer((request, response) => void answer(request, response));
  await new Promise<void>(resolve => vault.listen(0, '127.0.0.1', resolve));
  vi.stubEnv('AWS_ACCESS_KEY_ID', 'AKIDEXAMPLE');
  vi.stubEnv('AWS_SECRET_ACCESS_KEY', 'example-only');
});

/** Imitates Vault's HTTP API: a login, and the database engine. */
async function answer(
  request: IncomingMessage,
  response: ServerResponse,
): Promise<void> {
  const body = await text(request);
  calls.push({
    method: request.method ?? '',
    url: request.url ?? '',
    token: request.headers['x-vault-token'] as string | undefined,
    body: body ? (JSON.parse(body) as Record<string, string>) : {},
  });
  response.writeHead(status, { 'content-type': 'application/json' }).end(
    JSON.stringify(
      request.url?.startsWith('/v1/auth/')
        ? { auth: { client_token: 'hvs.client' } }
        : {
            lease_duration: 3_600,
            data: { username: 'v-orders-x1', password: 'leased' },
          },
    ),
  );
}

afterEach(() => {
  vi.unstubAllEnvs();
  vault.close();
});

function provider(
  environment: Record<string, string>,
): Promise<CredentialsProvider> {
  return createCredentialsProvider(
    loadConfig({
      SECRETS_BACKEND: 'vault',
      VAULT_ADDR: `http://127.0.0.1:${(vault.address() as AddressInfo).port}/`,
      VAULT_ROLE: 'orders',
      DATABASE_HOST: 'db',
      DATABASE_NAME: 'app',
      ...environment,
    }),
  );
}

describe('credentials from Vault', () => {
  it('need a role', async () => {
    await expect(
      createCredentialsProvider(loadConfig({ SECRETS_BACKEND: 'vault' })),
    ).rejects.toThrow('VAULT_ROLE');
  });

  it('are leased with the identity of the IAM role, without sending a key', async () => {
    const before = Date.now();
    const credentials = await (
      await provider({
        VAULT_AUTH_METHOD: 'aws',
        AWS_REGION: 'eu-central-1',
      })
    ).fetch();

    expect(credentials).toMatchObject({
      host: 'db',
      port: 5432,
      database: 'app',
      user: 'v-orders-x1',
      password: 'leased',
    });
    expect(credentials.expiresAt?.getTime()).toBeGreaterThanOrEqual(
      before + 3_600_000,
    );

    const [login, lease] = calls;
    expect(login).toMatchObject({ method: 'POST', url: '/v1/auth/aws/login' });
    expect(login?.body['role']).toBe('orders');
    expect(decode(login?.body['iam_request_url'])).toBe(
      'https://sts.eu-central-1.amazonaws.com/',
    );
    expect(decode(login?.body['iam_request_body'])).toBe(
      'Action=GetCallerIdentity&Version=2011-06-15',
    );
    const headers = JSON.parse(
      decode(login?.body['iam_request_headers']),
    ) as Record<string, string>;
    expect(headers['authorization']).toMatch(
      /^AWS4-HMAC-SHA256 Credential=AKIDEXAMPLE\/\d{8}\/eu-central-1\/sts\/aws4_request/,
    );
    expect(JSON.stringify(calls)).not.toContain('example-only');

    expect(lease).toMatchObject({
      method: 'GET',
      url: '/v1/database/creds/orders',
      token: 'hvs.client',
    });
  });

  it('are leased with a given token from a given path', async () => {
    await (
      await provider({
        VAULT_AUTH_METHOD: 'token',
        VAULT_TOKEN: 'hvs.given',
        VAULT_DATABASE_PATH: 'postgres/creds/writer',
      })
    ).fetch();

    expect(calls).toEqual([
      {
        method: 'GET',
        url: '/v1/postgres/creds/writer',
        token: 'hvs.given',
        body: {},
      },
    ]);
  });

  it('are unavailable, and so requested again, while Vault is sealed', async () => {
    status = 503;
    await expect(
      (
        await provider({ VAULT_AUTH_METHOD: 'token', VAULT_TOKEN: 't' })
      ).fetch(),
    ).rejects.toBeInstanceOf(CredentialsUnavailableError);
  });
});

function decode(value: string | undefined): string {
  return Buffer.from(value ?? '', 'base64').toString();
}
