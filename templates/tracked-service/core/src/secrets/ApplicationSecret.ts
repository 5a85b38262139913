import { randomBytes } from 'node:crypto';
import {
  GetSecretValueCommand,
  PutSecretValueCommand,
  ResourceNotFoundException,
  SecretsManagerClient,
} from '@aws-sdk/client-secrets-manager';

/** A login of the application. */
export interface ApplicationLogin {
  readonly user: string;
  readonly password: string;
}

const LOGINS = ['service_application_a', 'service_application_b'] as const;

/**
 * The secret with which the service logs in to the database. A rotation takes the other one of two logins: the previous
 * password stays valid until the next rotation, so that instances which still use it keep working.
 */
export class ApplicationSecret {
  readonly #client: Pick<SecretsManagerClient, 'send'>;
  readonly #secretArn: string;

  constructor(options: {
    secretArn: string;
    client?: Pick<SecretsManagerClient, 'send'>;
  }) {
    this.#secretArn = options.secretArn;
    this.#client = options.client ?? new SecretsManagerClient({});
  }

  /** A new password for the login that is not in use. */
  async next(): Promise<ApplicationLogin> {
    const current = await this.#currentUser();
    return {
      user: current === LOGINS[0] ? LOGINS[1] : LOGINS[0],
      password: randomBytes(32).toString('base64url'),
    };
  }

  /** Makes the service use this login; the database must know it already. */
  async store({ user, password }: ApplicationLogin): Promise<void> {
    await this.#client.send(
      new PutSecretValueCommand({
        SecretId: this.#secretArn,
        SecretString: JSON.stringify({ username: user, password }),
      }),
    );
  }

  async #currentUser(): Promise<unknown> {
    try {
      const answer = await this.#client.send(
        new GetSecretValueCommand({ SecretId: this.#secretArn }),
      );
      return (JSON.parse(answer.SecretString ?? '{}') as { username?: unknown })
        .username;
    } catch (error) {
      // The infrastructure creates the secret without a value.
      if (error instanceof ResourceNotFoundException) return undefined;
      throw error;
    }
  }
}
