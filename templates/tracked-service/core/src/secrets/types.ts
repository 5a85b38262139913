/** Where the database is; a secret may contain it instead. */
export interface DatabaseLocation {
  readonly host?: string;
  readonly port: number;
  readonly database?: string;
}

/** Everything needed to log in. */
export interface DatabaseCredentials extends Required<DatabaseLocation> {
  readonly user: string;
  readonly password: string;
  /** When they expire, for stores that lease credentials. */
  readonly expiresAt?: Date;
}

/** Source of database credentials: the environment or a secret store. */
export interface CredentialsProvider {
  /** Queries the store; never uses a cache, because it is called when the known credentials no longer work. */
  fetch(): Promise<DatabaseCredentials>;
}
