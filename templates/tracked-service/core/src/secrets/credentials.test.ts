import { describe, expect, it } from 'vitest';
import { loadConfig } from '../config/config.js';
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
