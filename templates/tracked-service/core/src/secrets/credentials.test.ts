import {
  PutSecretValueCommand,
  ResourceNotFoundException,
  type SecretsManagerClient,
} from '@aws-sdk/client-secrets-manager';
import { describe, expect, it } from 'vitest';
import { loadConfig } from '../config/config.js';
import { ApplicationSecret } from './ApplicationSecret.js';
import { createCredentialsProvider } from './createCredentialsProvider.js';

describe('credentials from the environment', () => {
  it('come from DATABASE_URL, with escapes decoded', async () => {
    const provider = await createCredentialsProvider(
      loadConfig({ DATABASE_URL: 'postgresql://a%40b:p%2Fw@db:6543/name' }),
    );
    expect(await provider.fetch()).toEqual({
      host: 'db',
      port: 6543,
      database: 'name',
      user: 'a@b',
      password: 'p/w',
    });
  });

  it('come from separate variables', async () => {
    const provider = await createCredentialsProvider(
      loadConfig({
        DATABASE_HOST: 'db',
        DATABASE_NAME: 'name',
        DATABASE_USER: 'app',
        DATABASE_PASSWORD: 'pw',
      }),
    );
    expect(await provider.fetch()).toMatchObject({ host: 'db', user: 'app' });
  });

  it.each([
    [{}, 'DATABASE_URL'],
    [{ DATABASE_URL: 'nonsense' }, 'DATABASE_URL'],
    [{ DATABASE_URL: 'postgresql://db/a?sslmode=require' }, 'DATABASE_SSL'],
    [{ DATABASE_HOST: 'db' }, 'DATABASE_NAME'],
  ])('are rejected if there is only %o', async (environment, name) => {
    await expect(
      createCredentialsProvider(loadConfig(environment)),
    ).rejects.toThrow(name);
  });
});

/** A secret that exists, with or without a value. */
function secretWith(value: string | undefined) {
  let stored = value;
  const client = {
    send: async (command: unknown) => {
      if (command instanceof PutSecretValueCommand) {
        stored = command.input.SecretString;
        return {};
      }
      if (stored === undefined) {
        throw new ResourceNotFoundException({
          message: 'no value',
          $metadata: {},
        });
      }
      return { SecretString: stored };
    },
  } as unknown as Pick<SecretsManagerClient, 'send'>;
  return new ApplicationSecret({ secretArn: 'arn:example', client });
}

describe('ApplicationSecret', () => {
  it('starts with the first login if the secret has no value yet', async () => {
    const { user, password } = await secretWith(undefined).next();
    expect(user).toBe('service_application_a');
    expect(password.length).toBeGreaterThan(40);
  });

  it('alternates between two logins, so that the previous password stays valid', async () => {
    const secret = secretWith(undefined);
    const users: string[] = [];
    for (let run = 0; run < 3; run += 1) {
      const login = await secret.next();
      await secret.store(login);
      users.push(login.user);
    }
    expect(users).toEqual([
      'service_application_a',
      'service_application_b',
      'service_application_a',
    ]);
  });

  it('never uses a password twice', async () => {
    const secret = secretWith(undefined);
    const [first, second] = [await secret.next(), await secret.next()];
    expect(first.password).not.toBe(second.password);
  });
});
