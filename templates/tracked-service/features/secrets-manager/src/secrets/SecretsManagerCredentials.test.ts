import type { GetSecretValueCommand } from '@aws-sdk/client-secrets-manager';
import { describe, expect, it } from 'vitest';
import { loadConfig } from '../config/config.js';
import { CredentialsUnavailableError } from '../database/errors.js';
import { createCredentialsProvider } from './createCredentialsProvider.js';
import { SecretsManagerCredentials } from './SecretsManagerCredentials.js';

const location = { host: 'db.example.internal', port: 5432, database: 'app' };

describe('credentials from Secrets Manager', () => {
  it('need the address of a secret', async () => {
    await expect(
      createCredentialsProvider(
        loadConfig({ SECRETS_BACKEND: 'secrets-manager' }),
      ),
    ).rejects.toThrow('DATABASE_SECRET_ARN');
  });

  it('use the location from the configuration for a password managed by RDS', async () => {
    const { provider, asked } = secretsManager(
      '{"username":"u","password":"p"}',
    );
    expect(await provider.fetch()).toEqual({
      ...location,
      user: 'u',
      password: 'p',
    });
    expect(asked).toEqual(['arn:secret']);
  });

  it('prefer the location in the secret itself', async () => {
    const { provider } = secretsManager(
      '{"username":"u","password":"p","host":"h","port":6543,"dbname":"d"}',
    );
    expect(await provider.fetch()).toMatchObject({
      host: 'h',
      port: 6543,
      database: 'd',
    });
  });

  it.each(['{"username":"u"}', 'hunter2'])(
    'never quote an unreadable secret (%s)',
    async secret => {
      const { provider } = secretsManager(secret);
      const error: unknown = await provider.fetch().catch((e: unknown) => e);
      expect(error).toBeInstanceOf(Error);
      expect(String(error)).not.toContain('hunter2');
    },
  );

  it('report that the store is unavailable, so that the caller retries', async () => {
    const provider = new SecretsManagerCredentials({
      secretArn: 'arn:secret',
      location,
      client: {
        send: () => Promise.reject(new Error('ThrottlingException')),
      },
    });
    await expect(provider.fetch()).rejects.toBeInstanceOf(
      CredentialsUnavailableError,
    );
  });
});

function secretsManager(secret: string) {
  const asked: (string | undefined)[] = [];
  const provider = new SecretsManagerCredentials({
    secretArn: 'arn:secret',
    location,
    client: {
      send: async (command: GetSecretValueCommand) => {
        asked.push(command.input.SecretId);
        return { SecretString: secret };
      },
    },
  });
  return { provider, asked };
}
