import {
  GetSecretValueCommand,
  SecretsManagerClient,
} from '@aws-sdk/client-secrets-manager';
import type { Logger } from 'pino';

/** A rotated token is used after this time at the latest; the portal accepts the old one meanwhile. */
const keepMs = 300_000;
/** The pipeline stores the first token only after the first deployment. */
const retryMs = 30_000;

/**
 * The portal's ingest token from AWS Secrets Manager, read at intervals. So neither a first token nor a rotated one
 * needs a restart, and it is in no file and no variable of the process.
 */
export class IngestToken {
  readonly #secretArn: string;
  readonly #logger: Pick<Logger, 'info' | 'warn'>;
  readonly #client: Pick<SecretsManagerClient, 'send'>;
  readonly #now: () => number;
  #token: string | undefined;
  #readAgainAtMs = 0;
  #warned = false;

  constructor(options: {
    secretArn: string;
    logger: Pick<Logger, 'info' | 'warn'>;
    client?: Pick<SecretsManagerClient, 'send'>;
    /** Milliseconds; replaced in tests. */
    now?: () => number;
  }) {
    this.#secretArn = options.secretArn;
    this.#logger = options.logger;
    this.#now = options.now ?? (() => performance.now());
    this.#client =
      options.client ??
      new SecretsManagerClient({
        requestHandler: {
          connectionTimeout: 2_000,
          requestTimeout: 3_000,
          throwOnRequestTimeout: true,
        },
      });
  }

  /** Headers for a batch of spans; none while there is no token, and the portal then rejects the batch. */
  async headers(): Promise<Record<string, string>> {
    if (this.#now() >= this.#readAgainAtMs) await this.#read();
    return this.#token ? { Authorization: `Bearer ${this.#token}` } : {};
  }

  async #read(): Promise<void> {
    try {
      const answer = await this.#client.send(
        new GetSecretValueCommand({ SecretId: this.#secretArn }),
      );
      this.#token = answer.SecretString?.trim() || undefined;
      if (this.#warned) this.#logger.info('the ingest token can be read again');
      this.#warned = false;
    } catch (error) {
      // The last token stays in use. This is logged once, not for each batch.
      if (!this.#warned) {
        this.#logger.warn(
          { reason: error instanceof Error ? error.name : 'unknown' },
          'the ingest token cannot be read: the portal gets no traces without one',
        );
      }
      this.#warned = true;
    }
    this.#readAgainAtMs = this.#now() + (this.#warned ? retryMs : keepMs);
  }
}
