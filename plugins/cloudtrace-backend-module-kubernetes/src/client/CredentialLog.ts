import type { LoggerService } from '@backstage/backend-plugin-api';

/**
 * Logs why a cluster gets no credentials. Users must not see it, because it
 * names identities and roles; the log does not repeat it.
 */
export class CredentialLog {
  readonly #cluster: string;
  readonly #logger: Pick<LoggerService, 'info' | 'warn'>;
  /** What was logged last; undefined if the last credential was received. */
  #logged: string | undefined;

  constructor(cluster: string, logger: Pick<LoggerService, 'info' | 'warn'>) {
    this.#cluster = cluster;
    this.#logger = logger;
  }

  /** Returns what the credential becomes, and logs a failure. */
  async watch<T>(credential: Promise<T>): Promise<T> {
    try {
      const received = await credential;
      if (this.#logged) {
        this.#logger.info(`Cluster ${this.#cluster}: credentials are back`);
      }
      this.#logged = undefined;
      return received;
    } catch (error) {
      const text = wordCauses(error);
      if (text !== this.#logged) {
        this.#logger.warn(`Cluster ${this.#cluster}: ${text}`);
      }
      this.#logged = text;
      throw error;
    }
  }
}

function wordCauses(error: unknown): string {
  if (!(error instanceof Error)) return String(error);
  return error.cause
    ? `${error.message}: ${wordCauses(error.cause)}`
    : error.message;
}
