import {
  GetSecretValueCommand,
  SecretsManagerClient,
} from '@aws-sdk/client-secrets-manager';
import type { Config } from '../config/config.js';

interface Login {
  readonly username: string;
  readonly password: string;
}

/**
 * Adds the logins at broker and Redis from AWS Secrets Manager to the settings, if they name secrets.
 *
 * @throws Error that names the setting whose secret has no login.
 */
export async function withLogins(
  config: Config,
  client: () => Pick<SecretsManagerClient, 'send'> = () =>
    new SecretsManagerClient({}),
): Promise<Config> {
  const [kafka, redis] = await Promise.all(
    (['KAFKA_SECRET_ARN', 'REDIS_SECRET_ARN'] as const).map(async setting => {
      const secretArn = config[setting];
      return secretArn ? readLogin(client(), setting, secretArn) : undefined;
    }),
  );
  return {
    ...config,
    ...(kafka && {
      KAFKA_USERNAME: kafka.username,
      KAFKA_PASSWORD: kafka.password,
    }),
    ...(redis && { REDIS_URL: urlWith(config.REDIS_URL, redis) }),
  };
}

async function readLogin(
  client: Pick<SecretsManagerClient, 'send'>,
  setting: string,
  secretArn: string,
): Promise<Login> {
  const answer = await client.send(
    new GetSecretValueCommand({ SecretId: secretArn }),
  );
  const { username, password } = JSON.parse(
    answer.SecretString ?? '{}',
  ) as Partial<Login>;
  if (!username || !password) {
    throw new Error(
      `The secret in ${setting} must contain JSON with username and password`,
    );
  }
  return { username, password };
}

function urlWith(address: string | undefined, login: Login): string {
  if (!address || !URL.canParse(address)) {
    throw new Error(
      'REDIS_SECRET_ARN needs REDIS_URL, such as rediss://redis.example:6379',
    );
  }
  const url = new URL(address);
  url.username = encodeURIComponent(login.username);
  url.password = encodeURIComponent(login.password);
  return url.toString();
}
