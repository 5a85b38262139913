import { Type } from 'typebox';
import type { Config } from '../config/config.js';
import { requireSetting } from '../config/settingTypes.js';
import type { CredentialsProvider } from './types.js';

export const settings = Type.Object({
  SECRETS_BACKEND: Type.Optional(Type.Enum(['environment', 'secrets-manager'])),
  DATABASE_SECRET_ARN: Type.Optional(Type.String()),
});

/** Credentials from AWS Secrets Manager, whose client is loaded only for that; undefined if it is not configured. */
export async function createStoreCredentials(
  config: Config,
): Promise<CredentialsProvider | undefined> {
  const backend =
    config.SECRETS_BACKEND ??
    (config.DATABASE_SECRET_ARN ? 'secrets-manager' : 'environment');
  if (backend === 'environment') return undefined;
  const { SecretsManagerCredentials } =
    await import('./SecretsManagerCredentials.js');
  return new SecretsManagerCredentials({
    secretArn: requireSetting(config, 'DATABASE_SECRET_ARN'),
    location: {
      port: config.DATABASE_PORT,
      ...(config.DATABASE_HOST && { host: config.DATABASE_HOST }),
      ...(config.DATABASE_NAME && { database: config.DATABASE_NAME }),
    },
  });
}
