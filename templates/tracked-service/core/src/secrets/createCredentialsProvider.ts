import type { Config } from '../config/config.js';
import { EnvironmentCredentials } from './EnvironmentCredentials.js';
import { createStoreCredentials } from './secretStore.js';
import type { CredentialsProvider } from './types.js';

/**
 * Selects the source of database credentials: the secret store if it is configured, otherwise the environment.
 *
 * @throws Error that names the missing variable of the selected source.
 */
export async function createCredentialsProvider(
  config: Config,
): Promise<CredentialsProvider> {
  return (
    (await createStoreCredentials(config)) ?? new EnvironmentCredentials(config)
  );
}
