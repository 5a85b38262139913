import { CredentialsUnavailableError } from '../../database/errors.js';

export interface DatabaseLease {
  readonly username: string;
  readonly password: string;
  readonly leaseSeconds: number;
}

interface VaultAnswer {
  readonly auth?: { readonly client_token?: string };
  readonly lease_duration?: number;
  readonly data?: { readonly username?: string; readonly password?: string };
}

/** The two calls of Vault's HTTP API that the service needs. */
export class VaultClient {
  readonly #address: string;

  constructor(address: string) {
    this.#address = address.replace(/\/+$/, '');
  }

  /** @returns a client token. */
  async login(method: string, body: Record<string, string>): Promise<string> {
    const answer = await this.#call(`auth/${method}/login`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify(body),
    });
    const token = answer.auth?.client_token;
    if (!token)
      throw new Error(`Vault responded to the ${method} login without a token`);
    return token;
  }

  /** Leases a database user for this instance. */
  async databaseLease(path: string, token: string): Promise<DatabaseLease> {
    const answer = await this.#call(path, {
      headers: { 'x-vault-token': token },
    });
    const { username, password } = answer.data ?? {};
    if (!username || !password || !answer.lease_duration) {
      throw new Error(`Vault's ${path} returned no database lease`);
    }
    return { username, password, leaseSeconds: answer.lease_duration };
  }

  async #call(path: string, init: RequestInit): Promise<VaultAnswer> {
    try {
      const response = await fetch(`${this.#address}/v1/${path}`, {
        ...init,
        redirect: 'error',
        signal: AbortSignal.timeout(5_000),
      });
      if (!response.ok) {
        throw new Error(`Vault responded to ${path} with ${response.status}`);
      }
      return (await response.json()) as VaultAnswer;
    } catch (error) {
      throw new CredentialsUnavailableError('Vault', error);
    }
  }
}
