import { readFileSync } from 'node:fs';
import { envSchema } from 'env-schema';
import { Type, type Static } from 'typebox';
import { settings as secretSettings } from '../secrets/secretStore.js';
import { settings as starterSettings } from '../starter/settings.js';
import { count, durationMs, flag, port } from './settingTypes.js';

/** The service has the name of its package; the path is the same from src/ and from dist/. */
const { name: packageName } = JSON.parse(
  readFileSync(new URL('../../package.json', import.meta.url), 'utf8'),
) as { name: string };

const schema = Type.Object({
  HOST: Type.String({ default: '0.0.0.0' }),
  PORT: port(8080),
  TRUSTED_PROXY_HOPS: Type.Integer({ default: 1, minimum: 0, maximum: 10 }),
  LOG_LEVEL: Type.Enum(
    ['fatal', 'error', 'warn', 'info', 'debug', 'trace', 'silent'],
    { default: 'info' },
  ),
  SERVICE_IMAGE: Type.Optional(Type.String()),
  SHUTDOWN_DRAIN_MS: durationMs(20_000),
  SHUTDOWN_TIMEOUT_MS: durationMs(20_000),
  DEPLOYMENT_ENVIRONMENT: Type.String({ default: 'development' }),
  OTEL_SERVICE_NAME: Type.String({ default: packageName }),
  OTEL_BSP_SCHEDULE_DELAY: durationMs(1_000),
  INGEST_TOKEN_SECRET_ARN: Type.Optional(Type.String()),
  TRACE_DATABASE: flag(false),
  INSTANCE_ID_SOURCE: Type.Enum(['auto', 'ec2', 'ecs', 'kubernetes', 'uuid'], {
    default: 'auto',
  }),

  DATABASE_URL: Type.Optional(Type.String()),
  DATABASE_HOST: Type.Optional(Type.String()),
  DATABASE_PORT: port(5432),
  DATABASE_NAME: Type.Optional(Type.String()),
  DATABASE_USER: Type.Optional(Type.String()),
  DATABASE_PASSWORD: Type.Optional(Type.String()),
  DATABASE_SSL: Type.Enum(['disable', 'verify-full'], { default: 'disable' }),
  DATABASE_CA_FILE: Type.Optional(Type.String()),
  DATABASE_CA_URL: Type.Optional(Type.String()),
  DATABASE_POOL_MAX: count(10, 500),
  DATABASE_CONNECT_TIMEOUT_MS: durationMs(2_000),
  DATABASE_STATEMENT_TIMEOUT_MS: durationMs(5_000),
  DATABASE_RETRY_BUDGET_MS: durationMs(5_000),
  DATABASE_MIGRATE_ON_START: flag(true),
  DATABASE_MASTER_SECRET_ARN: Type.Optional(Type.String()),
  DATABASE_APPLICATION_SECRET_ARN: Type.Optional(Type.String()),
  DATABASE_APPLICATION_PASSWORD: Type.Optional(Type.String()),

  ...secretSettings.properties,
  ...starterSettings.properties,
});

/** The service's settings, read once at startup; `docs/configuration.md` explains each of them. */
export type Config = Static<typeof schema>;

/**
 * Reads and validates the environment.
 *
 * @throws Error that names every invalid variable.
 */
export function loadConfig(
  environment: Record<string, string | undefined> = process.env,
): Config {
  return envSchema<Config>({ schema, data: { ...environment }, env: false });
}
