import type { Config } from '../config/config.js';
import { EnvironmentCredentials } from './EnvironmentCredentials.js';
import type { CredentialsProvider } from './types.js';

/** Chooses where database credentials come from. */
export function createCredentialsProvider(config: Config): CredentialsProvider {
  return new EnvironmentCredentials(config);
}
