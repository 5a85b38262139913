import {
  GetSecretValueCommand,
  SecretsManagerClient,
} from '@aws-sdk/client-secrets-manager';
import { envSchema } from 'env-schema';
import { Type, type Static } from 'typebox';
import { CredentialsUnavailableError } from '../database/errors.js';
import type {
  CredentialsProvider,
  DatabaseCredentials,
  DatabaseLocation,
} from './types.js';

// The keys are those of RDS: a managed password has only the first two, a secret for rotation has all of them.
const SecretSchema = Type.Object({
  username: Type.String({ minLength: 1 }),
  password: Type.String({ minLength: 1 }),
  host: Type.Optional(Type.String()),
  port: Type.Optional(Type.Integer()),
  dbname: Type.Optional(Type.String()),
});

/** Credentials from AWS Secrets Manager; reading them again after a rejected login follows a rotation. */
export class SecretsManagerCredentials implements CredentialsProvider {
  readonly #client: Pick<SecretsManagerClient, 'send'>;
  readonly #secretArn: string;
  readonly #location: DatabaseLocation;

  constructor(options: {
    secretArn: string;
    location: DatabaseLocation;
    client?: Pick<SecretsManagerClient, 'send'>;
  }) {
    this.#secretArn = options.secretArn;
    this.#location = options.location;
    this.#client =
      options.client ??
      new SecretsManagerClient({
        requestHandler: {
          connectionTimeout: 2_000,
          requestTimeout: 3_000,
          throwOnRequestTimeout: true,
        },
      });
  }

  async fetch(): Promise<DatabaseCredentials> {
    const secret = parse(await this.#read());
    const host = secret.host ?? this.#location.host;
    const database = secret.dbname ?? this.#location.database;
    if (!host || !database) {
      throw new Error(
        'The database secret has no host or no dbname: set DATABASE_HOST and DATABASE_NAME',
      );
    }
    return {
      host,
      database,
      port: secret.port ?? this.#location.port,
      user: secret.username,
      password: secret.password,
    };
  }

  async #read(): Promise<string> {
    try {
      const answer = await this.#client.send(
        new GetSecretValueCommand({ SecretId: this.#secretArn }),
      );
      return answer.SecretString ?? '';
    } catch (error) {
      throw new CredentialsUnavailableError('AWS Secrets Manager', error);
    }
  }
}

function parse(value: string): Static<typeof SecretSchema> {
  let data: unknown;
  try {
    data = JSON.parse(value);
  } catch {
    // The parser's message would quote the secret.
    throw new Error('The database secret is not JSON');
  }
  return envSchema<Static<typeof SecretSchema>>({
    schema: SecretSchema,
    data: data as Record<string, unknown>,
    env: false,
  });
}
