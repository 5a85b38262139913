import {
  GetSecretValueCommand,
  SecretsManagerClient,
} from '@aws-sdk/client-secrets-manager';
import type { Config } from '../config/config.js';
import { EnvironmentCredentials } from './EnvironmentCredentials.js';
import type { CredentialsProvider, DatabaseCredentials } from './types.js';

/** The user with which `npm run migrate` creates roles: from the secret that RDS manages, or from the environment. */
export class MasterCredentials implements CredentialsProvider {
  readonly #config: Config;
  readonly #client: Pick<SecretsManagerClient, 'send'>;

  constructor(options: {
    config: Config;
    client?: Pick<SecretsManagerClient, 'send'>;
  }) {
    this.#config = options.config;
    this.#client = options.client ?? new SecretsManagerClient({});
  }

  async fetch(): Promise<DatabaseCredentials> {
    const secretArn = this.#config.DATABASE_MASTER_SECRET_ARN;
    if (!secretArn) return new EnvironmentCredentials(this.#config).fetch();
    const answer = await this.#client.send(
      new GetSecretValueCommand({ SecretId: secretArn }),
    );
    const { username, password } = JSON.parse(answer.SecretString ?? '{}') as {
      username?: string;
      password?: string;
    };
    if (!username || !password) {
      throw new Error(
        'The secret in DATABASE_MASTER_SECRET_ARN has no username or no password',
      );
    }
    return new EnvironmentCredentials({
      ...this.#config,
      DATABASE_USER: username,
      DATABASE_PASSWORD: password,
    }).fetch();
  }
}
