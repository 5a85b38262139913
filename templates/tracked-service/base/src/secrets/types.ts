/** How to reach the database, as a secret store hands it out. */
export interface DatabaseCredentials {
  readonly host: string;
  readonly port: number;
  readonly database: string;
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
