import type {
  CredentialsProvider,
  DatabaseCredentials,
  DatabaseLocation,
} from './types.js';
import type { VaultLogin } from './vault/login.js';
import type { VaultClient } from './vault/VaultClient.js';

/**
 * Dynamic credentials of Vault's database engine: a database user for each instance, which is removed when its lease
 * ends.
 */
export class VaultCredentials implements CredentialsProvider {
  readonly #vault: VaultClient;
  readonly #login: VaultLogin;
  readonly #path: string;
  readonly #location: Required<DatabaseLocation>;

  constructor(options: {
    vault: VaultClient;
    login: VaultLogin;
    /** Path of the engine's role, such as `database/creds/orders`. */
    path: string;
    location: Required<DatabaseLocation>;
  }) {
    this.#vault = options.vault;
    this.#login = options.login;
    this.#path = options.path;
    this.#location = options.location;
  }

  async fetch(): Promise<DatabaseCredentials> {
    // A new token for each lease: leases end with the token that created them, so an old token must not be extended.
    const token = await this.#login(this.#vault);
    const lease = await this.#vault.databaseLease(this.#path, token);
    return {
      ...this.#location,
      user: lease.username,
      password: lease.password,
      expiresAt: new Date(Date.now() + lease.leaseSeconds * 1_000),
    };
  }
}
