import { Type } from 'typebox';
import type { Config } from '../config/config.js';
import { requireSetting } from '../config/settingTypes.js';
import type { CredentialsProvider } from './types.js';
import type { VaultLogin } from './vault/login.js';

export const settings = Type.Object({
  SECRETS_BACKEND: Type.Optional(Type.Enum(['environment', 'vault'])),
  AWS_REGION: Type.Optional(Type.String()),
  VAULT_ADDR: Type.Optional(Type.String()),
  VAULT_AUTH_METHOD: Type.Enum(['aws', 'kubernetes', 'token'], {
    default: 'aws',
  }),
  VAULT_ROLE: Type.Optional(Type.String()),
  VAULT_TOKEN: Type.Optional(Type.String()),
  VAULT_DATABASE_PATH: Type.Optional(Type.String()),
});

/** Credentials leased from HashiCorp Vault, whose client is loaded only for that; undefined if it is not configured. */
export async function createStoreCredentials(
  config: Config,
): Promise<CredentialsProvider | undefined> {
  if (config.SECRETS_BACKEND !== 'vault') return undefined;
  const { VaultClient } = await import('./vault/VaultClient.js');
  const { VaultCredentials } = await import('./VaultCredentials.js');
  const role = requireSetting(config, 'VAULT_ROLE');
  return new VaultCredentials({
    vault: new VaultClient(requireSetting(config, 'VAULT_ADDR')),
    login: await vaultLogin(config, role),
    path: config.VAULT_DATABASE_PATH ?? `database/creds/${role}`,
    location: {
      host: requireSetting(config, 'DATABASE_HOST'),
      port: config.DATABASE_PORT,
      database: requireSetting(config, 'DATABASE_NAME'),
    },
  });
}

async function vaultLogin(config: Config, role: string): Promise<VaultLogin> {
  const { awsLogin, kubernetesLogin, tokenLogin } =
    await import('./vault/login.js');
  switch (config.VAULT_AUTH_METHOD) {
    case 'aws':
      return awsLogin(role, requireSetting(config, 'AWS_REGION'));
    case 'kubernetes':
      return kubernetesLogin(role);
    case 'token':
      return tokenLogin(requireSetting(config, 'VAULT_TOKEN'));
  }
}
