import type { Config } from '../config/config.js';
import type { CredentialsProvider, DatabaseCredentials } from './types.js';

/** Credentials from `DATABASE_URL`, or from the separate `DATABASE_*` variables. */
export class EnvironmentCredentials implements CredentialsProvider {
  readonly #credentials: DatabaseCredentials;

  constructor(config: Config) {
    this.#credentials = config.DATABASE_URL
      ? fromUrl(config.DATABASE_URL)
      : fromParts(config);
  }

  async fetch(): Promise<DatabaseCredentials> {
    return this.#credentials;
  }
}

function fromUrl(value: string): DatabaseCredentials {
  if (!URL.canParse(value)) {
    throw new Error(
      'DATABASE_URL is not a URL (postgresql://user:password@host:port/name)',
    );
  }
  const url = new URL(value);
  if (url.search) {
    // Ignoring sslmode silently would mean a plain-text connection.
    throw new Error(
      'DATABASE_URL must have no parameters: TLS is set with DATABASE_SSL and DATABASE_CA_FILE',
    );
  }
  return {
    host: decodeURIComponent(url.hostname),
    port: url.port ? Number(url.port) : 5432,
    database: decodeURIComponent(url.pathname.slice(1)),
    user: decodeURIComponent(url.username),
    password: decodeURIComponent(url.password),
  };
}

function fromParts(config: Config): DatabaseCredentials {
  const { DATABASE_HOST, DATABASE_NAME, DATABASE_USER } = config;
  if (!DATABASE_HOST || !DATABASE_NAME || !DATABASE_USER) {
    throw new Error(
      'No database is configured: set DATABASE_URL, or DATABASE_HOST, DATABASE_NAME and DATABASE_USER',
    );
  }
  return {
    host: DATABASE_HOST,
    port: config.DATABASE_PORT,
    database: DATABASE_NAME,
    user: DATABASE_USER,
    password: config.DATABASE_PASSWORD ?? '',
  };
}
