/** Where the database is; a secret may say it instead. */
export interface DatabaseLocation {
  readonly host?: string;
  readonly port: number;
  readonly database?: string;
}

/** All that is needed to log in. */
export interface DatabaseCredentials extends Required<DatabaseLocation> {
  readonly user: string;
  readonly password: string;
  /** When they stop working, for stores that lease credentials. */
  readonly expiresAt?: Date;
}

/** Source of database credentials: the environment, AWS Secrets Manager or Vault. */
export interface CredentialsProvider {
  /** Asks the store; never answers from a cache, because it is called when the known credentials no longer work. */
  fetch(): Promise<DatabaseCredentials>;
}
