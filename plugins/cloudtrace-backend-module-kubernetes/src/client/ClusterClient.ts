import type {
  ClusterDetails,
  KubernetesCredential,
} from '@backstage/plugin-kubernetes-node';
import fetch, { type RequestInit, type Response } from 'node-fetch';
import { ClockOffset } from './ClockOffset';
import { errorOfCause } from './ClusterCallError';
import { errorOfResponse } from './errorOfResponse';
import { toConnection, type Connection } from './toConnection';

/** How long credentials are used before they are read again. */
const CREDENTIALS_MS = 5 * 60_000;

/** Calls the API of one cluster. */
export class ClusterClient {
  readonly #cluster: ClusterDetails;
  readonly #getCredential: () => Promise<KubernetesCredential>;
  readonly #now: () => number;
  #connection: { since: number; value: Promise<Connection> } | undefined;
  readonly #clock = new ClockOffset();

  constructor(options: {
    cluster: ClusterDetails;
    getCredential: () => Promise<KubernetesCredential>;
    now?: () => number;
  }) {
    this.#cluster = options.cluster;
    this.#getCredential = options.getCredential;
    this.#now = options.now ?? Date.now;
  }

  /** How far the cluster's clock is ahead of the portal's; undefined if unknown. */
  get clockAheadMs(): number | undefined {
    return this.#clock.aheadMs;
  }

  /**
   * Sends a GET request. A rejected credential is read again once.
   *
   * @throws ClusterCallError unless the response is a success
   */
  async get(path: string, signal: AbortSignal): Promise<Response> {
    const connection = this.#currentConnection();
    const response = await this.#send(path, connection, signal);
    if (response.status !== 401) return expectSuccess(response);
    discard(response);
    // Another call may have replaced the credential already.
    if (this.#connection?.value === connection) this.#connection = undefined;
    return expectSuccess(
      await this.#send(path, this.#currentConnection(), signal),
    );
  }

  async #send(
    path: string,
    connection: Promise<Connection>,
    signal: AbortSignal,
  ): Promise<Response> {
    try {
      const options = await connection;
      const sentMs = this.#now();
      const response = await fetch(`${baseUrl(this.#cluster)}${path}`, {
        ...options,
        signal: signal as RequestInit['signal'],
        redirect: 'error',
      });
      this.#clock.note(response.headers.get('date'), sentMs, this.#now());
      return response;
    } catch (error) {
      throw errorOfCause(signal.aborted ? signal.reason : error);
    }
  }

  #currentConnection(): Promise<Connection> {
    const now = this.#now();
    if (!this.#connection || now - this.#connection.since > CREDENTIALS_MS) {
      const value = this.#connect();
      this.#connection = { since: now, value };
      value.catch(() => {
        if (this.#connection?.value === value) this.#connection = undefined;
      });
    }
    return this.#connection.value;
  }

  async #connect(): Promise<Connection> {
    return toConnection(this.#cluster, await this.#getCredential());
  }
}

function baseUrl({ url }: ClusterDetails): string {
  return url.replace(/\/+$/, '');
}

async function expectSuccess(response: Response): Promise<Response> {
  if (response.ok) return response;
  throw await errorOfResponse(response);
}

/** Frees the connection of a response that nobody reads. */
function discard(response: Response) {
  response.body.resume();
}
