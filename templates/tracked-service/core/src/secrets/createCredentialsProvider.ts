import type { Config } from '../config/config.js';
import { EnvironmentCredentials } from './EnvironmentCredentials.js';
import type { CredentialsProvider, DatabaseLocation } from './types.js';
import type { VaultLogin } from './vault/login.js';

/**
 * Selects the source of database credentials. Only the client of the selected store is loaded.
 *
 * @throws Error that names the missing variable of the selected store.
 */
export async function createCredentialsProvider(
  config: Config,
): Promise<CredentialsProvider> {
  switch (backendOf(config)) {
    case 'secrets-manager': {
      const { SecretsManagerCredentials } =
        await import('./SecretsManagerCredentials.js');
      return new SecretsManagerCredentials({
        secretArn: required(config, 'DATABASE_SECRET_ARN'),
        location: locationOf(config),
      });
    }
    case 'vault':
      return vaultCredentials(config);
    default:
      return new EnvironmentCredentials(config);
  }
}

function backendOf(config: Config): Config['SECRETS_BACKEND'] {
  if (config.SECRETS_BACKEND) return config.SECRETS_BACKEND;
  return config.DATABASE_SECRET_ARN ? 'secrets-manager' : 'environment';
}

async function vaultCredentials(config: Config): Promise<CredentialsProvider> {
  const { VaultClient } = await import('./vault/VaultClient.js');
  const { VaultCredentials } = await import('./VaultCredentials.js');
  const role = required(config, 'VAULT_ROLE');
  return new VaultCredentials({
    vault: new VaultClient(required(config, 'VAULT_ADDR')),
    login: await vaultLogin(config, role),
    path: config.VAULT_DATABASE_PATH ?? `database/creds/${role}`,
    location: {
      host: required(config, 'DATABASE_HOST'),
      port: config.DATABASE_PORT,
      database: required(config, 'DATABASE_NAME'),
    },
  });
}

async function vaultLogin(config: Config, role: string): Promise<VaultLogin> {
  const { awsLogin, kubernetesLogin, tokenLogin } =
    await import('./vault/login.js');
  switch (config.VAULT_AUTH_METHOD) {
    case 'aws':
      return awsLogin(role, required(config, 'AWS_REGION'));
    case 'kubernetes':
      return kubernetesLogin(role);
    case 'token':
      return tokenLogin(required(config, 'VAULT_TOKEN'));
  }
}

function locationOf(config: Config): DatabaseLocation {
  return {
    port: config.DATABASE_PORT,
    ...(config.DATABASE_HOST && { host: config.DATABASE_HOST }),
    ...(config.DATABASE_NAME && { database: config.DATABASE_NAME }),
  };
}

function required<Key extends keyof Config>(
  config: Config,
  name: Key,
): NonNullable<Config[Key]> {
  const value = config[name];
  if (value === undefined || value === '') {
    throw new Error(`${name} must be set for this SECRETS_BACKEND`);
  }
  return value;
}
