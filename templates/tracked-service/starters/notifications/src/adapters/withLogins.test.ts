import type { SecretsManagerClient } from '@aws-sdk/client-secrets-manager';
import { Redis } from 'ioredis';
import { describe, expect, it } from 'vitest';
import { loadConfig } from '../config/config.js';
import { withLogins } from './withLogins.js';

const settings = {
  KAFKA_BROKERS: 'b-1.example:9096',
  KAFKA_SECRET_ARN: 'arn:kafka',
  REDIS_URL: 'rediss://redis.example:6379',
  REDIS_SECRET_ARN: 'arn:redis',
};

const secretsWith = (value: (secretId: string) => object) => () =>
  ({
    send: async ({ input }: { input: { SecretId: string } }) => ({
      SecretString: JSON.stringify(value(input.SecretId)),
    }),
  }) as unknown as SecretsManagerClient;

describe('withLogins', () => {
  it('adds the logins that the secrets contain', async () => {
    const config = await withLogins(
      loadConfig(settings),
      secretsWith(id => ({ username: `user of ${id}`, password: 'p@/:s' })),
    );
    expect(config).toMatchObject({
      KAFKA_USERNAME: 'user of arn:kafka',
      KAFKA_PASSWORD: 'p@/:s',
    });
    // The client decodes what the URL contains.
    const redis = new Redis(config.REDIS_URL ?? '', { lazyConnect: true });
    expect(redis.options).toMatchObject({
      host: 'redis.example',
      username: 'user of arn:redis',
      password: 'p@/:s',
      tls: {},
    });
    redis.disconnect();
  });

  it('changes nothing without secrets, and asks nobody', async () => {
    const config = loadConfig({ REDIS_URL: 'redis://127.0.0.1' });
    const unused = () => {
      throw new Error('asked');
    };
    expect(await withLogins(config, unused)).toEqual(config);
  });

  it.each([
    ['KAFKA_SECRET_ARN', 'arn:kafka'],
    ['REDIS_SECRET_ARN', 'arn:redis'],
  ])('names the setting whose secret has no login: %s', async (name, empty) => {
    await expect(
      withLogins(
        loadConfig(settings),
        secretsWith(id =>
          id === empty ? {} : { username: 'a', password: 'b' },
        ),
      ),
    ).rejects.toThrow(name);
  });

  it('says that a login at Redis needs an address', async () => {
    await expect(
      withLogins(
        loadConfig({ REDIS_SECRET_ARN: settings.REDIS_SECRET_ARN }),
        secretsWith(() => ({ username: 'a', password: 'b' })),
      ),
    ).rejects.toThrow('REDIS_URL');
  });
});
